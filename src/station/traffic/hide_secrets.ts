/** In place of a secret, as in the log. */
const HIDDEN = "***";

/** What to look for in a frame, and what to put in its place. */
interface Secret {
  /** Only frames with this have it. */
  readonly mark: RegExp;
  readonly found: RegExp;
  readonly instead: string;
}

/** Bounded, as everything here: a frame may be of any size and make. */
const STRING = String.raw`"(?:[^"\\]|\\.){0,1000}"?`;

/** The password inside a URL; some servers escape its slashes. */
const URL_PASSWORD: Secret = {
  mark: /@/,
  found: /(:\\?\/\\?\/[^"\s@/:]{0,255}:)[^"\s/]{0,255}@/g,
  instead: `$1${HIDDEN}@`,
};

/** By the action of a CALL that the CSMS sends. */
const SECRETS: Readonly<Record<string, Secret>> = {
  // 1.6 security whitepaper §4
  ChangeConfiguration: {
    mark: /"AuthorizationKey"/i,
    found: new RegExp(`("value"\\s*:\\s*)${STRING}`, "g"),
    instead: `$1"${HIDDEN}"`,
  },
  // 2.x part 2 B05, A01: whatever else is set beside it is hidden too
  SetVariables: {
    mark: /"BasicAuthPassword"/i,
    found: new RegExp(`("attributeValue"\\s*:\\s*)${STRING}`, "g"),
    instead: `$1"${HIDDEN}"`,
  },
  // 2.x part 2 B09: passwords of the CSMS, the mobile network and the VPN
  SetNetworkProfile: {
    mark: /assword"|"key"/,
    found: new RegExp(`("(?:basicAuthPassword|apnPassword|password|key)"\\s*:\\s*)${STRING}`, "g"),
    instead: `$1"${HIDDEN}"`,
  },
  GetDiagnostics: URL_PASSWORD,
  GetLog: URL_PASSWORD,
  UpdateFirmware: URL_PASSWORD,
  SignedUpdateFirmware: URL_PASSWORD,
  PublishFirmware: URL_PASSWORD,
};

/**
 * The text of a frame without the passwords that a CSMS sends to a station. Costs nothing for actions
 * that carry none. @param action `null`: unknown, so that it may be any of them
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const text = '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"00FF"}]';
 * const hidden = '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"***"}]';
 * assert.equal(hideSecrets("ChangeConfiguration", text), hidden);
 * ```
 */
export function hideSecrets(action: string | null, text: string): string {
  if (action === null) return Object.values(SECRETS).reduce(hide, text);
  const secret = Object.hasOwn(SECRETS, action) ? SECRETS[action] : undefined;
  return secret === undefined ? text : hide(text, secret);
}

function hide(text: string, { mark, found, instead }: Secret): string {
  return mark.test(text) ? text.replace(found, instead) : text;
}
