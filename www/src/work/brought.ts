/**
 * Files by their address: fetched, or taken from the page itself where it brought them along.
 *
 * A page that is one file on disk may fetch nothing; it holds the standard and the rest, each under the
 * name that others would fetch.
 */
const brought = new Map<string, () => ArrayBuffer>();

/** From now on the file of this name, beside the page, is what `read` gives. */
export function bring(name: string, read: () => ArrayBuffer): void {
  brought.set(new URL(name, document.baseURI).href, read);
}

/** The bytes at an absolute address; throws with the browser's word, or `HTTP` and the status. */
export async function bytesAt(address: string): Promise<ArrayBuffer> {
  const read = brought.get(address);
  if (read !== undefined) return read();
  const response = await fetch(address);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}

export function decodeBase64(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
