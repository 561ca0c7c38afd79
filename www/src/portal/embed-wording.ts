/** The words of the page for webmasters. */
export interface EmbedWords {
  readonly title: string;
  readonly brand: string;
  readonly lead: string;
  readonly settings: string;
  readonly way: string;
  readonly ways: Readonly<Record<Way, readonly [name: string, hint: string]>>;
  readonly labels: Readonly<Record<Setting, readonly [label: string, hint: string]>>;
  readonly all: string;
  readonly first: string;
  readonly schemes: Readonly<Record<'light' | 'dark' | 'auto', string>>;
  readonly snippet: string;
  readonly css: string;
  readonly policy: string;
  readonly policyHint: string;
  readonly copy: string;
  readonly copied: (what: string) => string;
  readonly notCopied: string;
  readonly preview: string;
  readonly files: string;
  readonly columns: readonly [string, string, string, string];
  readonly noFacts: string;
  /** Which of the files go on the server, by the way. */
  readonly needed: string;
  readonly notNeeded: string;
  readonly packed: string;
  readonly dropped: (names: string) => string;
  readonly noColour: (text: string) => string;
}

export type Way = 'script' | 'disk' | 'frame' | 'module';
export type Setting = 'src' | 'onlyChapter' | 'department' | 'chapter' | 'asOf' | 'draft' | 'data' | 'example' | 'name' | 'required' | 'readonly' | 'disabled' | 'lang' | 'scheme' | 'accent';

const zh: EmbedWords = {
  title: '嵌入网站', brand: '对标', settings: '设置', preview: '预览', snippet: '网页代码', css: '样式',
  lead: '设置后即时预览，再把代码复制到网页里。所有文件都放在自己的服务器上，不引用外部网站。',
  way: '嵌入方式',
  ways: {
    script: ['一个脚本', '一般网站用这一种'],
    disk: ['一个脚本，标准也是脚本', '从磁盘打开的网页，或不发 .wasm 文件的服务器'],
    frame: ['iframe', '不允许外来脚本进入本页时'],
    module: ['npm 包', '用 vite、webpack 等工具构建的网站'],
  },
  labels: {
    src: ['标准', '.wasm 文件的地址'],
    onlyChapter: ['只显示一个方面', ''],
    department: ['只显示一个部门', ''],
    chapter: ['先展开的方面', ''],
    asOf: ['按哪天的标准', '不填为当天'],
    draft: ['草稿名称', 'none 为不保存'],
    name: ['表单字段名', '填了就随网页的表单一起提交'],
    data: ['网站给出的数据', '数据文件（.json）的地址，打开时填入'],
    example: ['示例数据', '数据文件的地址，由填报人选择填入'],
    required: ['必填', '没有填写或读不懂时，表单不能提交'],
    readonly: ['只读', ''],
    disabled: ['停用', '不能填写，也不随表单提交'],
    lang: ['语言', ''],
    scheme: ['明暗', ''],
    accent: ['主色', '看不清的颜色会自动加深'],
  },
  all: '全部', first: '第一个', schemes: { light: '浅色', dark: '深色', auto: '随系统' },
  policy: '内容安全策略（CSP）', policyHint: '旧浏览器不认识 wasm-unsafe-eval 时，自动改用不需要 WebAssembly 的脚本。',
  copy: '复制', copied: (what) => `已复制${what}`, notCopied: '未能复制，请手动选中',
  files: '文件', columns: ['文件', '字节', 'gzip', '校验值（integrity）'], noFacts: '没有取到文件清单 facts.json。',
  needed: '按所选方式，放到服务器上的文件：', notNeeded: '这一种方式不用', packed: '这一种方式由构建工具从 npm 包里取文件。',
  dropped: (names) => `iframe 方式不带这些设置：${names}。`, noColour: (text) => `“${text}”不是颜色，写成 #0b4a8f 的样子。`,
};

const en: EmbedWords = {
  title: 'Embedding', brand: 'Duibiao 对标', settings: 'Settings', preview: 'Preview', snippet: 'Code for the page', css: 'Style',
  lead: 'Set what you need, see it at once, copy the code. All files lie on your own server; nothing is loaded from elsewhere.',
  way: 'Way',
  ways: {
    script: ['One script', 'for most sites'],
    disk: ['One script, the standard as a script too', 'pages opened from a disk, servers that do not give out .wasm'],
    frame: ['iframe', 'where no script of others may enter the page'],
    module: ['npm package', 'sites built with vite, webpack and the like'],
  },
  labels: {
    src: ['Standard', 'address of the .wasm'],
    onlyChapter: ['One chapter only', ''],
    department: ['One department only', ''],
    chapter: ['Chapter open at first', ''],
    asOf: ['As of', 'today where empty'],
    draft: ['Draft name', 'none keeps nothing'],
    name: ['Name in a form', 'goes along when the form is submitted'],
    data: ['Data of the site', 'address of a data file (.json), filled in at the beginning'],
    example: ['Example data', 'address of a data file that the user may fill in'],
    required: ['Required', 'the form is held back while nothing is entered or something cannot be read'],
    readonly: ['Read-only', ''],
    disabled: ['Disabled', 'takes no entries, and sends none'],
    lang: ['Language', ''],
    scheme: ['Light or dark', ''],
    accent: ['Accent', 'made darker where it could not be read'],
  },
  all: 'all', first: 'the first', schemes: { light: 'light', dark: 'dark', auto: 'as the system' },
  policy: 'Content security policy', policyHint: 'Where a browser does not know wasm-unsafe-eval, a script without WebAssembly is used by itself.',
  copy: 'Copy', copied: (what) => `${what} copied`, notCopied: 'Could not copy: select it by hand',
  files: 'Files', columns: ['File', 'Bytes', 'gzip', 'integrity'], noFacts: 'The list of files, facts.json, could not be fetched.',
  needed: 'Files to put on the server for this way:', notNeeded: 'not for this way', packed: 'With this way the build takes the files from the npm package.',
  dropped: (names) => `An iframe does not take these settings along: ${names}.`, noColour: (text) => `“${text}” is no colour: write it like #0b4a8f.`,
};

export const embedWords = (lang: 'zh' | 'en'): EmbedWords => (lang === 'en' ? en : zh);
