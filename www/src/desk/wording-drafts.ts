/** The words about drafts, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';
import type { Why } from './versions';

const zh = {
  draft: '草稿', drafts: '草稿', of: (n: number) => `共 ${n} 份`, first: '默认草稿',
  nth: (n: number) => `草稿 ${n}`, parted: (title: string, time: string) => `${title}（另存 ${time}）`, copied: (title: string) => `${title}（副本）`,
  make: '新建草稿', open: '打开', current: '当前', rename: '改名', copy: '复制', remove: '删除', name: '草稿名称', done: '确定', cancel: '取消',
  amount: (n: number) => (n === 0 ? '空' : `${n} 项`), never: '还没有保存',
  removed: (title: string) => `已删除“${title}”。`, renamed: (title: string) => `已改名为“${title}”。`, bin: '已删除', bringBack: '找回', forget: '彻底删除', forgotten: (title: string) => `已彻底删除“${title}”，不能找回。`,
  versions: '历史版本', versionsHint: '导入、清空、恢复等大的改动之前自动保留，填写时每十分钟保留一份。恢复后可以撤销。', noVersions: '还没有历史版本。',
  why: { step: '大的改动前', restore: '恢复前', theirs: '载入前', writing: '填写中' } as Record<Why, string>,
  stepOf: (n: number) => `改动 ${n} 项之前`, apart: (n: number) => (n === 0 ? '与现在相同' : `与现在差 ${n} 项`), restore: '恢复', restored: (time: string) => `已恢复 ${time} 的版本，可以撤销。`,
  damaged: '读不出的原始记录', saveRaw: '存为文件',
  refused: '浏览器不允许保存草稿。请用“导出数据”把数据存成文件。', failed: '没能完成，草稿还是原样：本机存储空间已满，或浏览器不允许保存。请先导出数据文件。',
  shared: '这份草稿也在另一个标签页打开。先写的一边保存；另一边再写，会自动另存为新草稿，不会互相覆盖。', own: '现在就另存为新草稿',
  wasParted: (title: string) => `另一个标签页改了原来的草稿，本页的内容已另存为“${title}”，两边都没有覆盖。`, openTheirs: '打开那边的草稿', known: '知道了',
  exportAll: '导出全部草稿', taken: (n: number, unread: readonly string[], unkept: readonly string[]) => `已导入 ${n} 份草稿。${unread.length === 0 ? '' : `另有 ${unread.length} 份读不出，没有导入：${unread.join('、')}。`}${unkept.length === 0 ? '' : `另有 ${unkept.length} 份本机存不下，没有导入：${unkept.join('、')}。请保留文件，腾出空间后再导入。`}`,
  clear: '清除本机数据', clearHint: '数据只保存在本机这个浏览器里。公用电脑用完，请导出数据，再清除。',
  clearTitle: '清除本机数据？',
  clearText: (own: number, other: number) => `本机这个浏览器里的自查数据将全部清除：本标准的 ${own} 份草稿${other === 0 ? '' : `、其他标准或网页的 ${other} 份`}、历史版本和撤销记录。清除后不能找回。`,
  clearFirst: '要留下数据，请先导出。', clearNow: '清除', cleared: '本机数据已清除。', notCleared: '没能全部清除，本机还留有数据。请再试一次，或在浏览器设置里清除本网站的数据。',
};

export type DraftWords = typeof zh;

const en: DraftWords = {
  draft: 'Draft', drafts: 'Drafts', of: (n) => `${n} in all`, first: 'First draft',
  nth: (n) => `Draft ${n}`, parted: (title, time) => `${title} (saved apart ${time})`, copied: (title) => `${title} (copy)`,
  make: 'New draft', open: 'Open', current: 'Open now', rename: 'Rename', copy: 'Copy', remove: 'Delete', name: 'Name of the draft', done: 'OK', cancel: 'Cancel',
  amount: (n) => (n === 0 ? 'empty' : n === 1 ? '1 value' : `${n} values`), never: 'not saved yet',
  removed: (title) => `“${title}” deleted.`, renamed: (title) => `Renamed to “${title}”.`, bin: 'Deleted', bringBack: 'Bring back', forget: 'Delete for good', forgotten: (title) => `“${title}” deleted for good.`,
  versions: 'Earlier versions', versionsHint: 'Kept before an import, a clearing or a restoring, and every ten minutes while you write. Restoring can be undone.', noVersions: 'No earlier versions yet.',
  why: { step: 'before a large change', restore: 'before restoring', theirs: 'before loading', writing: 'while writing' },
  stepOf: (n) => `before ${n} changes`, apart: (n) => (n === 0 ? 'same as now' : `${n} differ from now`), restore: 'Restore', restored: (time) => `The version of ${time} is back. Undo is possible.`,
  damaged: 'Record that cannot be read', saveRaw: 'Save as a file',
  refused: 'The browser refuses to keep drafts. Save the data as a file with “Export data”.', failed: 'That could not be done; the drafts are as they were. Storage is full, or the browser refuses it. Please export the data as a file first.',
  shared: 'Another tab has this draft open too. Whoever writes first saves; the other, on writing, goes on in a draft of its own. Nothing is overwritten.', own: 'Save as a new draft now',
  wasParted: (title) => `Another tab changed the draft; what is here was saved as “${title}”. Nothing was overwritten.`, openTheirs: 'Open the other draft', known: 'OK',
  exportAll: 'Export all drafts', taken: (n, unread, unkept) => `${n} drafts imported.${unread.length === 0 ? '' : ` ${unread.length} could not be read and stayed out: ${unread.join(', ')}.`}${unkept.length === 0 ? '' : ` ${unkept.length} could not be stored and stayed out: ${unkept.join(', ')}. Keep the file, and import it again once there is room.`}`,
  clear: 'Clear this computer', clearHint: 'Data is kept in this browser only. On a shared computer, export it when done, then clear it.',
  clearTitle: 'Clear this computer?',
  clearText: (own, other) => `All self-check data in this browser goes: ${own} drafts of this standard${other === 0 ? '' : `, ${other} of other standards or pages`}, earlier versions and undo. Nothing brings it back.`,
  clearFirst: 'To keep the data, export it first.', clearNow: 'Clear', cleared: 'This computer holds no data any more.', notCleared: 'Not everything could be cleared; this computer still holds data. Try again, or clear the data of this site in the browser’s settings.',
};

export function draftWords(lang: Lang): DraftWords {
  return lang === 'en' ? en : zh;
}
