import type { Cell } from "../memory/cell.ts";
import type { Works } from "../works.ts";
import type { Network } from "./network.ts";
import type { NetworkRecord } from "./network_record.ts";
import { contentFault, type NetworkProfile, SLOTS } from "./profile.ts";
import { profileRefusal } from "./profile_refusal.ts";
import { type Route, routeOf } from "./routes.ts";

/** Why a profile is not taken: a clause that begins with "it" or "the", for a person. */
export interface SlotFault {
  readonly rule: "content" | "downgrade" | "slot";
  readonly why: string;
}

/** The configuration slots of a station, and what a CSMS may put into them (2.x B09, A05). */
export class Slots {
  readonly #works: Works;
  readonly #record: Cell<NetworkRecord>;
  readonly #network: Network;

  constructor(works: Works, record: Cell<NetworkRecord>, network: Network) {
    this.#works = works;
    this.#record = record;
    this.#network = network;
  }

  /** Keeps a profile for the next boot, or says why not. */
  set(slot: number, profile: NetworkProfile): SlotFault | null {
    const fault = this.#fault(slot, profile);
    if (fault !== null) return fault;
    const { value } = this.#record;
    this.#record.value = { ...value, slots: { ...value.slots, [slot]: profile } };
    const { url, securityProfile } = profile;
    this.#works.log.info("The CSMS set a network profile", { slot, url, securityProfile });
    return null;
  }

  /** Why these slots cannot be the ones to try, in one clause that begins with "it"; `null`: they can. */
  priorityRefusal(slots: readonly string[]): string | null {
    if (slots.length === 0) return "it needs at least one configuration slot";
    for (const slot of slots) {
      const route = routeOf(this.#record.value.slots, Number(slot));
      if (route === null) return `it names slot ${slot}, in which there is no network profile`;
      const security = this.#network.securityOf(route);
      const refusal = this.#downgrade(security) ??
        this.#missing(security, route.profile?.password);
      if (refusal !== null) {
        return `it names slot ${slot} with security profile ${security}: ${refusal}`;
      }
    }
    return null;
  }

  /** The CSMS accepted a boot over a route: what is less secure is gone for good (A05.FR.06). */
  proved(route: Route, isSaferNow: boolean): void {
    const { value } = this.#record;
    this.#record.value = { ...value, good: route };
    if (!isSaferNow) return;
    const { settings, log } = this.#works;
    const isGone = (one: Route | null) =>
      one !== null && this.#downgrade(this.#network.securityOf(one)) !== null;
    const kept = Object.entries(value.slots).filter(([slot, profile]) =>
      !isGone({ slot: Number(slot), profile })
    );
    const priority = settings.get("networkConfigurationPriority").filter((slot) =>
      !isGone(routeOf(value.slots, Number(slot)))
    );
    this.#record.value = { ...value, good: route, slots: Object.fromEntries(kept) };
    settings.set("networkConfigurationPriority", priority);
    log.info("The station is more secure now, and forgets the network profiles that are less so", {
      securityProfile: this.#network.securityOf(route),
      priority: priority.join(","),
    });
  }

  #fault(slot: number, profile: NetworkProfile): SlotFault | null {
    const { settings, id } = this.#works;
    if (!SLOTS.includes(String(slot))) {
      return {
        rule: "slot",
        why: `there is no configuration slot ${slot}, only ${SLOTS.join(", ")}`,
      };
    }
    const why = contentFault(profile, id) ?? this.#interfaceFault(profile);
    if (why !== null) return { rule: "content", why };
    const { securityProfile, password } = profile;
    const lower = this.#downgrade(securityProfile);
    if (lower !== null) return { rule: "downgrade", why: lower };
    // What is tried after the next boot has to work then; all else when it is given a priority (A05.FR.02).
    if (!settings.get("networkConfigurationPriority").includes(String(slot))) return null;
    const missing = this.#missing(securityProfile, password);
    return missing === null ? null : { rule: "content", why: missing };
  }

  #missing(profile: number, password?: string | null): string | null {
    return profileRefusal(this.#network, profile, { now: this.#network.securityOf(), password });
  }

  /** B09.FR.04, FR.31: never lower, but from 3 to 2 where that is allowed. */
  #downgrade(profile: number): string | null {
    const { settings } = this.#works;
    const now = settings.get("securityProfile");
    if (profile >= now) return null;
    if (profile >= 2 && settings.get("allowSecurityProfileDowngrade")) return null;
    return `it lowers the security profile from ${now} to ${profile}`;
  }

  #interfaceFault(profile: NetworkProfile): string | null {
    const { iccid, imsi } = this.#works.identity;
    const hasModem = iccid !== null || imsi !== null;
    const interfaces = ["Any", "Wired0", ...(hasModem ? ["Wireless0"] : [])];
    if (interfaces.includes(profile.interface)) return null;
    return `it needs interface ${profile.interface}, and the station has ${interfaces.join(", ")}`;
  }
}
