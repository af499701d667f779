import type { Charger } from "../charger.ts";
import type { IdToken, IdTokenInfo } from "../words.ts";
import { decide, type Decision } from "./decide.ts";
import { asOf, isFleeting, isValid } from "./token.ts";

/** What it takes of a station to authorize without its CSMS. */
export type Doorkeeper = Pick<Charger, "cache" | "localList" | "now" | "settings">;

/** Whether a station decides by itself about a token that is presented now at a connector, and how. */
export function decideHere(
  station: Doorkeeper,
  idToken: IdToken,
  where: { readonly connectorId: number; readonly online: boolean },
): Decision {
  const { settings, cache } = station;
  const decision = decide({
    ...where,
    listed: listed(station, idToken),
    cached: cached(station, idToken),
    now: station.now(),
    localPreAuthorize: settings.get("localPreAuthorize"),
    localAuthorizeOffline: settings.get("localAuthorizeOffline"),
    allowOfflineTxForUnknownId: settings.get("allowOfflineTxForUnknownId"),
    disableRemoteAuthorization: settings.get("disableRemoteAuthorization"),
    listDisablePostAuthorize: settings.get("localListDisablePostAuthorize"),
    cacheDisablePostAuthorize: settings.get("cacheDisablePostAuthorize"),
  });
  if (decision.kind === "accepted" && decision.by === "cache") cache.used(idToken, station.now());
  return decision;
}

/**
 * What is known here of a token without asking, valid or not: the group it belongs to, for one that
 * meets a reservation (1.6 §5.13).
 */
export function knownHere(station: Doorkeeper, idToken: IdToken): IdTokenInfo | null {
  const stored = listed(station, idToken) ?? cached(station, idToken);
  return stored && asOf(stored, station.now());
}

/**
 * Takes in what the CSMS says of a token, in whichever answer: the cache is for what is not in the local
 * list (1.6 §3.5.1, §3.5.3, 2.x C10). `true`: the list says otherwise, which 1.6 §3.5.2 wants to be told
 * of with LocalListConflict.
 */
export function learn(station: Doorkeeper, idToken: IdToken, info: IdTokenInfo): boolean {
  const now = station.now();
  const known = listed(station, idToken);
  if (known !== null) return isValid(asOf(known, now)) !== isValid(info);
  const isCached = station.settings.get("authorizationCacheEnabled") && !isFleeting(idToken);
  if (isCached) station.cache.keep(idToken, info, now);
  return false;
}

function listed({ settings, localList }: Doorkeeper, idToken: IdToken): IdTokenInfo | null {
  return settings.get("localAuthListEnabled") ? localList.find(idToken) : null;
}

function cached(station: Doorkeeper, idToken: IdToken): IdTokenInfo | null {
  const { settings, cache } = station;
  if (!settings.get("authorizationCacheEnabled")) return null;
  return cache.find(idToken, station.now(), settings.get("authorizationCacheLifetime"));
}
