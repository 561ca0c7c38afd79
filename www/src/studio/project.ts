/** A standard that is being written: its name and its files, as plain values that nobody changes. */
import type { SourceFile } from '../../../src/wasm/studio.d.ts';

export interface Project {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

export function projectOf(name: string, files: readonly SourceFile[]): Project {
  // The editor knows one way to end a line.
  return { name, files: sorted(new Map(files.map(({ path, text }) => [path, text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')]))) };
}

export function withFile(project: Project, path: string, text: string): Project {
  return { ...project, files: sorted(new Map([...project.files, [path, text]])) };
}

export function withoutFile(project: Project, path: string): Project {
  return { ...project, files: new Map([...project.files].filter(([one]) => one !== path)) };
}

export function renamed(project: Project, from: string, to: string): Project {
  const text = project.files.get(from);
  return text === undefined ? project : withFile(withoutFile(project, from), to, text);
}

export function sources(project: Project): SourceFile[] {
  return Array.from(project.files, ([path, text]) => ({ path, text }));
}

/** A path that the compiler and every file system take. */
export function isPath(path: string): boolean {
  return path.length <= 200 && /\.rhai$/.test(path) && path.split('/').every((part) => part !== '' && !/^\.+$/.test(part) && !/[\\:*?"<>|\0]/.test(part));
}

/** As the compiler takes them: `standard.rhai` first, then by path. */
function sorted(files: Map<string, string>): Map<string, string> {
  const key = (path: string): string => (path === 'standard.rhai' ? '' : path);
  return new Map([...files].sort(([a], [b]) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)));
}

/** The least that compiles, has an example, and says what it is. */
export function blank(name: string): Project {
  return projectOf(name, [
    { path: 'standard.rhai', text: `standard("${name}", #{
    title: "新标准（参考）",
    version: "0.1.0",
    document: "依据文件及文号",
    notice: "参考标准，不代表正式评定。",
});

chapter("1-first", #{ title: "第一章" });
` },
    { path: '1-first/1-first.rhai', text: `// 这个文件里的指标共用一组数据。

group("第一组");

field("总数", #{ id: "total", label: "总数", type: "count", unit: "个", given: true, zero: "missing" });
field("完成数", #{ id: "done", label: "已完成", type: "count", unit: "个" });

data_check(完成数 <= 总数, "已完成不应多于总数");

parameter("完成率下限", #{
    id: "done_line", unit: "%",
    values: [#{ from: "2024-01-01", value: 90, source: "写明出处", confidence: "recalled" }],
});

indicator("A-01", #{
    title: "完成率",
    points: 1,
    value: percent(完成数, 总数),
    meets: |完成率| 完成率 >= 完成率下限,
    advice: "请完成剩下的。",
});

example("恰在线上", #{ 总数: 100, 完成数: 90 }, met);
example("差一个", #{ 总数: 100, 完成数: 89 }, unmet, #{ fix: #{ 完成数: 90 } });
example("没填", #{ 总数: 100 }, missing, #{ fields: ["完成数"] });
` },
  ]);
}
