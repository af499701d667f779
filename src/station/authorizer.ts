import { csmsSaid } from "./deed.ts";
import type { Tariff } from "./cost/tariff.ts";
import type { CsmsSaid } from "./driver.ts";
import { decideHere, learn } from "./tokens/local_authorization.ts";
import { at, isUnasked } from "./tokens/token.ts";
import type { IdToken, IdTokenInfo } from "./words.ts";
import type { Works } from "./works.ts";

/** What a token comes to, and who said so. */
export type Verdict =
  | {
    readonly kind: "accepted";
    readonly info: IdTokenInfo;
    /** What charging costs this driver (2.1 I08); absent: what it costs everybody. */
    readonly tariff?: Tariff;
    readonly csms?: CsmsSaid;
  }
  | { readonly kind: "refused"; readonly reason: string; readonly csms?: CsmsSaid }
  | { readonly kind: "timeout"; readonly message: string };

/** What holds for whoever needs nobody's leave. */
const FREE: IdTokenInfo = { status: "Accepted", groupId: null, expiresAt: null };

/** Asks list, cache and CSMS about tokens, in the order that the settings prescribe (1.6 §3.5, C01 to C14). */
export class Authorizer {
  readonly #works: Works;

  constructor(works: Works) {
    this.#works = works;
  }

  /** Whether a token may charge at a connector. Never rejects. */
  async ask(idToken: IdToken, connectorId: number): Promise<Verdict> {
    const works = this.#works;
    if (isUnasked(idToken) || !works.settings.get("authorizationEnabled")) {
      return { kind: "accepted", info: FREE };
    }
    const local = decideHere(works, idToken, { connectorId, online: works.line.online });
    if (local.kind !== "ask") this.#greet(connectorId, local.info);
    if (local.kind === "accepted") return { kind: "accepted", info: local.info };
    if (local.kind === "refused") {
      return { kind: "refused", reason: `"${idToken.idToken}" may not charge: ${local.reason}` };
    }
    const said = await works.say("authorize", { idToken });
    switch (said.kind) {
      case "answered": {
        const { tariff, tariffFault, ...answer } = said.answer;
        if (tariffFault !== undefined) {
          works.log.warn(`The tariff of a driver is not followed: ${tariffFault}`, {
            connector: connectorId,
          });
        }
        if (learn(works, idToken, answer)) works.reactions.listConflict();
        const csms = csmsSaid(said);
        const info = at(answer, connectorId);
        this.#greet(connectorId, info);
        if (info.status === "Accepted") return { kind: "accepted", info, tariff, csms };
        if (info !== answer) {
          const places = info.connectorIds?.join(", ");
          const reason =
            `"${idToken.idToken}" may charge at ${places} only, and not at ${connectorId}`;
          return { kind: "refused", reason, csms };
        }
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

  /** The display says what the CSMS has to say to the driver. */
  #greet(connectorId: number, { message }: IdTokenInfo): void {
    const { isServed } = this.#works;
    if (message === undefined && !isServed) return;
    this.#works.services.facilities.greet(connectorId, message ?? null);
  }
}
