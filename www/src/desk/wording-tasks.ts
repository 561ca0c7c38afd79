/** The words of the tab 整改, Chinese first, English beside it. */
import type { Lang } from '../../../src/wasm.d.ts';
import type { Standing } from '../work/rectification';

const zh = {
  title: '整改清单',
  hint: '未达标和部分得分的指标自动列在这里；达标后可销号，下一轮再不达标会重新列出。',
  counts: (all: number, open: number, late: number, again: number, ready: number, closed: number) => `共 ${all} 项：待办 ${open} 项（其中逾期 ${late} 项，${again === 0 ? '' : `销号后仍未达标 ${again} 项，`}可销号 ${ready} 项），已销号 ${closed} 项`,
  none: '没有需要整改的指标。', noneYet: '填报数据后，未达标的指标会列在这里。', noneShown: '没有符合筛选条件的整改事项。',
  unit: '责任单位', allUnits: '全部单位',
  show: '状态', shows: { all: '全部', open: '待办', late: '逾期', again: '销号后仍未达标', closed: '已销号' },
  columns: { problem: '指标与问题', department: '责任单位', person: '责任人', due: '整改时限', measure: '整改措施', progress: '进展', closed: '销号' },
  notBegun: '待整改', standing: { short: '整改中', again: '已销号，仍不达标', ready: '已达标，可销号', unsure: '暂不能判定', closed: '已销号', gone: '标准中已无此指标' } as Record<Standing, string>,
  late: (days: number) => `逾期 ${days} 天`,
  was: '当时的问题：',
  suggestion: '建议', adopt: '采用建议', adoptAll: (n: number) => `采用全部建议（${n} 项）`, adopted: (n: number) => `已为 ${n} 项填入建议措施。`,
  sameDue: '统一时限', setDue: (n: number) => `填入未定时限的 ${n} 项`, dueSet: (n: number, day: string) => `已为 ${n} 项填入时限 ${day}。`,
  close: '销号', reopen: '取消销号', closeAnyway: '仍要销号', keepOpen: '暂不销号', stillOpen: { short: '该项目前仍未达标，确定销号？', unsure: '该项目前不能判定是否达标，确定销号？' } as Partial<Record<Standing, string>>, closedOn: (day: string) => `${day} 销号`, closing: (title: string) => `“${title}”已销号。`, reopened: (title: string) => `“${title}”已取消销号。`,
  remove: '删去这一行', removed: '已删去一行。',
  goTo: '去填报',
  earlier: '带入上一轮清单', earlierHint: '从上一轮的数据文件、草稿或历史版本中只取整改清单；已写的内容不变，空格补上。', earlierFrom: '上一轮在', earlierFile: '数据文件……',
  taken: (fresh: number, filled: number, kept: number) => `已带入 ${fresh} 行${filled === 0 ? '' : `、补齐 ${filled} 行的空格`}${kept === 0 ? '' : `；另有 ${kept} 行这里已有，没有带入`}，可以撤销。`,
  allHere: (n: number) => `上一轮的 ${n} 行这里都已有，没有带入。`, nothingTaken: '文件里没有可带入的整改清单。',
};

export type TaskWords = typeof zh;

const en: TaskWords = {
  title: 'Rectification',
  hint: 'Indicators that are not met, or only partly, stand here by themselves. Close a line once it passes; if it fails again in a later round it comes back.',
  counts: (all, open, late, again, ready, closed) => `${all} in all: ${open} open (${late} late, ${again === 0 ? '' : `${again} closed once and failing again, `}${ready} ready to close), ${closed} closed`,
  none: 'Nothing needs rectifying.', noneYet: 'Enter data first: what is not met will stand here.', noneShown: 'No line fits the filter.',
  unit: 'Department', allUnits: 'All departments',
  show: 'Show', shows: { all: 'All', open: 'Open', late: 'Late', again: 'Failing again', closed: 'Closed' },
  columns: { problem: 'Indicator and problem', department: 'Department', person: 'Person', due: 'Due', measure: 'Measure', progress: 'Progress', closed: 'Closing' },
  notBegun: 'Not begun', standing: { short: 'Open', again: 'Closed, yet not met', ready: 'Met, may be closed', unsure: 'Cannot be told yet', closed: 'Closed', gone: 'No longer in the standard' },
  late: (days) => `${days} ${days === 1 ? 'day' : 'days'} late`,
  was: 'The problem then: ',
  suggestion: 'Suggested', adopt: 'Take it over', adoptAll: (n) => `Take all suggestions over (${n})`, adopted: (n) => `Suggested measures filled in for ${n}.`,
  sameDue: 'One day for all', setDue: (n) => `Set for the ${n} without a day`, dueSet: (n, day) => `Due ${day} set for ${n}.`,
  close: 'Close', reopen: 'Open again', closeAnyway: 'Close anyway', keepOpen: 'Leave it open', stillOpen: { short: 'It is still not met. Close it?', unsure: 'Whether it is met cannot be told yet. Close it?' }, closedOn: (day) => `closed ${day}`, closing: (title) => `“${title}” is closed.`, reopened: (title) => `“${title}” is open again.`,
  remove: 'Remove the line', removed: 'A line was removed.',
  goTo: 'To the form',
  earlier: 'Bring the last round’s lines', earlierHint: 'Takes only the rectification list of a data file, draft or earlier version; what is written here stays, empty cells are filled.', earlierFrom: 'Last round in', earlierFile: 'a data file…',
  taken: (fresh, filled, kept) => `${fresh} lines brought in${filled === 0 ? '' : `, empty cells of ${filled} filled`}${kept === 0 ? '' : `; ${kept} are here already and stayed as they are`}. Undo is possible.`,
  allHere: (n) => `The last round’s ${n} lines are all here already; none was brought in.`, nothingTaken: 'The file has no lines to bring in.',
};

export function taskWords(lang: Lang): TaskWords {
  return lang === 'en' ? en : zh;
}
