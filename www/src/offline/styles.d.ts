/** Vite puts a style sheet that is imported into the page; the import itself gives nothing. */
declare module '*.css';
