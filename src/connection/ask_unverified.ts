/** The head of an HTTP answer. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * One GET over TLS whose certificates nobody verifies. `fetch` has no switch for that, not even the
 * one of the sockets; `node:https` has, and is loaded by those who need it only.
 */
export async function askUnverified(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<AnswerHead> {
  const { request } = await import("node:https");
  const { promise, resolve, reject } = Promise.withResolvers<AnswerHead>();
  const question = request(url, { headers, signal, agent: false, rejectUnauthorized: false });
  const heard = (
    { statusCode = 0, headers }: {
      statusCode?: number;
      headers: Record<string, string | string[] | undefined>;
    },
  ) => {
    const head = new Headers();
    for (const name of ["retry-after", "location"]) {
      const value = headers[name];
      if (typeof value === "string") head.set(name, value);
    }
    resolve({ status: statusCode, headers: head });
    question.destroy();
  };
  question.on("response", heard);
  question.on("upgrade", heard);
  question.on("error", reject);
  question.end();
  return await promise;
}
