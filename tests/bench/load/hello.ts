/**
 * The floor of a start: a Hono app that answers `/health` and does nothing else.
 *
 * Argument: port.
 */
import { Hono } from "hono";

const app = new Hono().get("/health", (c) => c.json({ status: "healthy" }));
Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen() {} }, app.fetch);
