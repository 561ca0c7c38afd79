/**
 * The compiler in its own thread: one request, one answer. An endless loop here stops nothing but this thread,
 * which `compiler.ts` ends from outside.
 */
import init, { build_module, new_standard, Studio, vocabulary } from 'duibiao-studio';
import address from 'duibiao-studio/address?url';
import type { Compiled, Made, SourceFile, Verdict, Word } from '../../../src/wasm/studio.d.ts';

export type Request =
  | { readonly do: 'compile'; readonly files: readonly SourceFile[] }
  | { readonly do: 'examples'; readonly from: number; readonly to: number }
  | { readonly do: 'drafts'; readonly indicator: string }
  | { readonly do: 'document' }
  | { readonly do: 'standard'; readonly id: string; readonly title: string }
  | { readonly do: 'chapter'; readonly id: string; readonly title: string }
  | { readonly do: 'indicator'; readonly file: string; readonly id: string; readonly title: string }
  | { readonly do: 'build'; readonly checker: Uint8Array; readonly rulebook: Uint8Array };

export type Answer =
  | { readonly done: 'compile'; readonly compiled: Compiled; readonly ms: number }
  | { readonly done: 'examples'; readonly verdicts: readonly Verdict[] }
  | { readonly done: 'text'; readonly text: string }
  | { readonly done: 'made'; readonly made: Made }
  | { readonly done: 'build'; readonly module: Uint8Array };

export type Message =
  | { readonly kind: 'ready'; readonly words: readonly Word[] }
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

interface Thread {
  postMessage(message: Message): void;
  onmessage: ((event: MessageEvent<{ id: number; request: Request }>) => void) | null;
}
const thread = self as unknown as Thread;

const started = init({ module_or_path: fetch(address) }).then(() => new Studio());
started.then(
  () => thread.postMessage({ kind: 'ready', words: vocabulary() }),
  (error: unknown) => thread.postMessage({ kind: 'broken', why: String(error) }),
);

thread.onmessage = ({ data: { id, request } }) => {
  void started.then((studio) => {
    try {
      thread.postMessage({ kind: 'answer', id, answer: answer(studio, request) });
    } catch (error) {
      thread.postMessage({ kind: 'failed', id, why: String(error) });
    }
  });
};

function answer(studio: Studio, request: Request): Answer {
  switch (request.do) {
    case 'compile': {
      const start = performance.now();
      const compiled = studio.compile(request.files);
      return { done: 'compile', compiled, ms: performance.now() - start };
    }
    case 'examples': return { done: 'examples', verdicts: studio.examples(request.from, request.to) };
    case 'drafts': return { done: 'text', text: studio.drafts(request.indicator) };
    case 'document': return { done: 'text', text: studio.document() };
    case 'standard': return { done: 'made', made: new_standard(request.id, request.title) };
    case 'chapter': return { done: 'made', made: studio.add_chapter(request.id, request.title) };
    case 'indicator': return { done: 'made', made: studio.add_indicator(request.file, request.id, request.title) };
    case 'build': return { done: 'build', module: build_module(request.checker, request.rulebook) };
  }
}
