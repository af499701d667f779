import type { Context } from "hono";

/** One thing that can be asked. The table of all of them also tells what exists (404, 405). */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As Hono writes it: `/api/connections/:id`. */
  readonly path: string;
  /** May throw a `Problem`. */
  readonly handle: (c: Context) => Response | Promise<Response>;
}
