import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import type { IdTokenInfo } from "../words.ts";
import { readIdTokenInfo, writeIdToken } from "./id_token.ts";

/** Asks whether a token may charge (C01). */
export const authorize = says<"2.0.1", "Authorize", Spoken["authorize"]["event"], IdTokenInfo>({
  action: "Authorize",
  request: ({ idToken }) => ({ idToken: writeIdToken(idToken) }),
  answer: ({ idTokenInfo }) => readIdTokenInfo(idTokenInfo),
});
