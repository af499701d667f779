import { csmsSaid } from "./deed.ts";
import type { CsmsSaid } from "./driver.ts";
import { decideHere, learn } from "./tokens/local_authorization.ts";
import type { IdToken, IdTokenInfo } from "./words.ts";
import type { Works } from "./works.ts";

/** What a token comes to, and who said so. */
export type Verdict =
  | { readonly kind: "accepted"; readonly info: IdTokenInfo; readonly csms?: CsmsSaid }
  | { readonly kind: "refused"; readonly reason: string; readonly csms?: CsmsSaid }
  | { readonly kind: "timeout"; readonly message: string };

/** Asks list, cache and CSMS about tokens, in the order that the settings prescribe (1.6 §3.5, C01 to C14). */
export class Authorizer {
  readonly #works: Works;

  constructor(works: Works) {
    this.#works = works;
  }

  /** Never rejects. */
  async ask(idToken: IdToken): Promise<Verdict> {
    const works = this.#works;
    const local = decideHere(works, idToken, works.line.online);
    if (local.kind === "accepted") return { kind: "accepted", info: local.info };
    if (local.kind === "refused") {
      return { kind: "refused", reason: `"${idToken.idToken}" may not charge: ${local.reason}` };
    }
    const said = await works.say("authorize", { idToken });
    switch (said.kind) {
      case "answered": {
        const info = said.answer;
        if (learn(works, idToken, info)) works.reactions.listConflict();
        const csms = csmsSaid(said);
        if (info.status === "Accepted") return { kind: "accepted", info, csms };
        const reason = `The CSMS does not accept "${idToken.idToken}": ${info.status}`;
        return { kind: "refused", reason, csms };
      }
      case "error":
        return {
          kind: "refused",
          reason: `The CSMS answered ${said.action} with ${said.code}`,
          csms: csmsSaid(said),
        };
      case "timeout":
        return { kind: "timeout", message: said.message };
      case "offline":
      case "invalid":
        return { kind: "refused", reason: said.message };
      case "unsaid":
        return { kind: "refused", reason: "This OCPP version cannot ask about a token" };
      default:
        return said satisfies never;
    }
  }
}
