/** The words of the studio, in Chinese. What is wrong with a rule comes from the compiler, in its own words. */
import type { NameKind } from '../../../src/wasm/studio.d.ts';

export const words = {
  title: '规则工作室', brand: '对标',
  kinds: { standard: '标准', chapter: '章', group: '组', phase: '阶段', field: '字段', parameter: '参数', indicator: '指标', example: '例子', fn: '函数', const: '常量', let: '变量' } as Record<NameKind, string>,
  unit: '单位', advice: '建议', needed: '必填',

  openOther: '打开…', saveMenu: '存出…', undo: '撤销', close: '关闭', cancel: '取消',
  saveFolder: '存到文件夹', saveZip: '存为 zip', exportModule: '导出 .wasm', exportDocument: '说明页', exportSheet: '填报表',
  exportDocumentTitle: '下载标准的说明页（HTML）：公式、数值线与出处、字段、例子，可以阅读和打印', exportSheetTitle: '下载空白填报表（CSV）：每个字段一行', sheetHead: ['字段', '值'],
  saveFolderTitle: '把全部规则文件写到电脑上的一个文件夹', saveZipTitle: '下载全部规则文件', exportModuleTitle: '检查模块连同这个标准，放到门户里就能用',
  exportBlocked: '规则还有错误，改好后才能导出。',
  exported: (name: string, bytes: number) => `已下载 ${name}（${bytes.toLocaleString('zh-CN')} 字节）。请网站管理员放到服务器上，网页里写 <duibiao-check src="${name}"></duibiao-check>。`,
  examplesFail: (n: number) => `注意：有 ${n} 个例子没有通过。`, downloaded: (name: string) => `已下载 ${name}。`,
  savedFolder: (name: string, count: number) => `已把 ${count} 个文件写到文件夹“${name}”。`,

  keeping: { empty: '改动自动存在本机', writing: '正在保存……', kept: (time: string) => `草稿已保存 ${time}`, keptTitle: '草稿存在本机的这个浏览器里，没有上传。', blocked: '浏览器不允许保存草稿，离开前请存为 zip。' },

  compiling: '正在检查……', starting: '正在载入编译器……', sound: '没有问题', soundWith: (n: number) => `可用，${n} 个提醒`, count: (errors: number, warnings: number) => [errors > 0 ? `${errors} 个错误` : '', warnings > 0 ? `${warnings} 个提醒` : ''].filter((text) => text !== '').join('，'),
  took: (ms: number) => `${Math.round(ms)} 毫秒`,
  tooLong: (file: string) => `检查超过 5 秒没有结束，已强行停止。最后改动的是 ${file}：看看其中有没有不会结束的循环。改动后会重新检查。`,
  compilerBroken: (why: string, file: string) => `编译器出错，已重新启动（${why}）。最后改动的是 ${file}。`,
  compilerMissing: (why: string) => `编译器载入不了（${why}）。请刷新页面再试。`,

  panes: { files: '文件', editor: '编辑', preview: '预览', examples: '例子', problems: '问题' },
  panesLabel: '视图',

  files: '规则文件', newThing: '新建', newKind: '新建什么', newKinds: { indicator: '指标', chapter: '章', file: '空文件' }, inFile: '写在哪个文件', indicatorId: '编号', indicatorIdHint: '例如 C-21', nameOf: '名称', chapterFolder: '文件夹名', chapterFolderHint: '例如 4-traffic', rename: '改名', remove: '删除', path: '路径', pathHint: '章的文件夹/文件名.rhai', create: '建立', apply: '改名',
  madeIndicator: (id: string, path: string) => `指标 ${id} 已写在 ${path} 末尾，字段、参数和例子请改成自己的。`, madeChapter: (id: string) => `章 ${id} 已建立，并在 standard.rhai 中声明。`, notSound: '规则没有错误后才能建立。',
  badPath: '路径应形如 3-sanitation/9-new.rhai：以 .rhai 结尾，不含空的部分。', takenPath: '已经有这个文件。',
  removed: (path: string) => `已删除 ${path}。`, noFiles: '还没有文件。', fileActions: '对打开的文件',
  freshText: (title: string) => `// ${title}\n\ngroup("${title}");\n\n`,

  editorLabel: '规则编辑器', editorKeys: 'Esc 再按 Tab 离开编辑器 · F8 下一个问题 · Ctrl+空格 提示 · Ctrl+S 保存草稿 · Ctrl+Enter 运行例子',
  noFileOpen: '在左边选一个文件。',
  atCursor: '光标处的问题', place: (line: number, column: number) => `第 ${line} 行第 ${column} 列`,
  changeTo: (text: string) => `改成 ${text === '' ? '（删去）' : text.length > 24 ? `${text.slice(0, 24)}…` : text}`,

  previewStale: '规则有错误，预览还是上一次没有错误时的样子。', previewNone: '规则没有错误后，这里显示填报人看到的页面。',

  runAll: '运行全部例子', running: (done: number, all: number) => `正在运行 ${done} / ${all}……`,
  tally: (passed: number, failed: number) => (failed === 0 ? `${passed} 个例子全部通过` : `${failed} 个未通过，${passed} 个通过`),
  examplesStale: '规则改动后还没有重新运行。', examplesNone: '还没有例子。在指标后面写 example("名称", #{ 字段: 值 }, met); 或在下面把预览中的数据存为例子。', examplesBlocked: '规则没有错误后才能运行例子。',
  passed: '通过', failed: '未通过', onlyFailed: '只看未通过', show: '看数据', showTitle: '把这个例子的数据填进预览', goToRule: '看规则',
  shown: (name: string) => `预览中已填入例子“${name}”的数据。原来的数据可在预览中撤销找回。`,
  keepExample: '把当前数据存为例子', keepIndicator: '指标', keepName: '名称', keepOutcome: '现在的结果', keep: '存为例子', keepEmpty: '预览里还没有数据。', keepNoName: '请给例子起个名称。', draft: '补上缺少的例子', draftTitle: '按这项指标的线和字段，写出还没有的例子（恰在线上、差一点、没填……），结果由现有规则算出', drafted: (path: string) => `已写入 ${path}。结果由现有规则算出：请逐条对照文件，确认应当如此再保留。`, draftNone: '这项指标的例子已经齐了。',
  keepDone: (name: string, path: string) => `例子“${name}”已写入 ${path}。`,
  keepHint: '写下这项指标用到的数据和现在的结果，放在它最后一个例子之后。',

  noProblems: '没有问题。', ofStandard: '整个标准', fix: '改',

  startTitle: '打开一个标准', startLead: '标准是一个文件夹，里面是 .rhai 规则文件。草稿只存在本机的浏览器里，不会上传。',
  startDrafts: '本机的草稿', startShipped: '随附的标准', startOwn: '你自己的', blankTitle: '新标准（参考）',
  openFolder: '打开文件夹', openZip: '打开 zip', blank: '从空白开始', forget: '删除草稿', draftOf: (name: string, time: string, count: number) => `${name}，${count} 个文件，改于 ${time}`, shippedNote: (name: string, count: number) => `${name}，${count} 个文件`, continueDraft: '继续',
  notOpened: (why: string) => `没有打开：${why}`, noRules: '里面没有 .rhai 规则文件。', tooMuch: '文件太多或太大（最多 2000 个文件、每个 4 MB）。', notZip: '不是可读的 zip 文件。', notText: (path: string) => `${path} 不是 UTF-8 文本。`,
  forgotten: (name: string) => `已删除草稿 ${name}。`,
};

/** CodeMirror's own words. */
export const phrases: Record<string, string> = {
  Find: '查找', Replace: '替换', next: '下一个', previous: '上一个', all: '全部', 'match case': '区分大小写', 'by word': '整词', regexp: '正则', replace: '替换', 'replace all': '全部替换', close: '关闭',
  'to': '至', 'Control character': '控制字符', 'Selection deleted': '已删除所选', 'current match': '当前匹配', 'on line': '在行', Completions: '提示', Diagnostics: '问题', 'No diagnostics': '没有问题', 'Go to line': '到行', go: '去',
};
