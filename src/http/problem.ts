import { json } from "./json.ts";

/** The statuses we answer errors with, and their titles as RFC 9110 words them. */
const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  421: "Misdirected Request",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
  504: "Gateway Timeout",
} as const;

export type ProblemStatus = keyof typeof TITLES;

/** What a problem carries beside its sentence. */
export interface ProblemExtras {
  /** Members of the JSON object beside the five of RFC 9457. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown anywhere below a request: it is answered as `application/problem+json`. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ProblemStatus;
  readonly extras: ProblemExtras;

  /** @param detail one sentence for the person who asked */
  constructor(status: ProblemStatus, detail: string, extras: ProblemExtras = {}) {
    super(detail, { cause: extras.cause });
    this.status = status;
    this.extras = extras;
  }
}

/** The answer of RFC 9457. `url` is the request's; its query may hold anything and stays out. */
export function problemResponse(problem: Problem, url: string): Response {
  const { status, message: detail, extras } = problem;
  const instance = URL.parse(url)?.pathname;
  const body = {
    type: "about:blank",
    title: TITLES[status],
    status,
    detail,
    instance,
    ...extras.members,
  };
  return json(status, body, {
    ...extras.headers,
    "content-type": "application/problem+json; charset=utf-8",
  });
}
