/** What the build puts in place of an import: the address of a file, or texts of the repository. */
declare module '*?url' {
  const address: string;
  export default address;
}
interface ImportMeta {
  glob<T>(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, T>;
}
