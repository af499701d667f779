const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The same text as an object of its own: what was cut out of a longer one keeps the whole of it in memory.
 * A lone surrogate becomes U+FFFD.
 */
export function copyText(text: string): string {
  return decoder.decode(encoder.encode(text));
}
