/**
 * Values that arrive and are taken one by one, in order. For tests that wait for the next thing to
 * happen without a timer: what never comes shows as a test that hangs at the line that waits.
 */
export class Inbox<T> {
  readonly #waiting: T[] = [];
  readonly #takers: {
    accepts: (value: T) => boolean;
    resolve: (value: T) => void;
    reject: (why: Error) => void;
  }[] = [];
  #ended: Error | null = null;

  put(value: T): void {
    const at = this.#takers.findIndex((taker) => taker.accepts(value));
    if (at < 0) this.#waiting.push(value);
    else this.#takers.splice(at, 1)[0]!.resolve(value);
  }

  /** The next value that `accepts` lets through; the others stay for later. */
  take(accepts: (value: T) => boolean = () => true): Promise<T> {
    const at = this.#waiting.findIndex(accepts);
    if (at >= 0) return Promise.resolve(this.#waiting.splice(at, 1)[0]!);
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#takers.push({ accepts, resolve, reject });
    return promise;
  }

  /** Nothing more will come: whoever waits is told `why`. */
  end(why: string): void {
    this.#ended ??= new Error(why);
    for (const taker of this.#takers.splice(0)) taker.reject(this.#ended);
  }
}
