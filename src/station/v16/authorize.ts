import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import type { IdTokenInfo } from "../words.ts";
import { readIdTagInfo } from "./id_tag.ts";

/** Asks whether a token may charge (§4.1). */
export const authorize = says<"1.6", "Authorize", Spoken["authorize"]["event"], IdTokenInfo>({
  action: "Authorize",
  request: ({ idToken }) => ({ idTag: idToken.idToken }),
  answer: ({ idTagInfo }) => readIdTagInfo(idTagInfo),
});
