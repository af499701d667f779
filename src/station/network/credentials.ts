import type { Credentials } from "../../connection/mod.ts";
import { Secret } from "../../log/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The settings that hold a password: hex of 1.6, text of 2.x. */
export type PasswordSetting = "authorizationKey" | "basicAuthPassword";

/** How a station proves who it is: what it was configured with, or what a CSMS set in its place. */
export function credentialsOf(configured: Credentials, settings: Settings): Credentials {
  // A token is not the CSMS's to replace.
  if (configured.type === "bearer") return configured;
  const authorizationKey = settings.get("authorizationKey");
  const password = settings.get("basicAuthPassword");
  if (authorizationKey === null && password === null) return configured;
  return withPassword(configured, authorizationKey, password);
}

/** The same user with another password. */
export function withPassword(
  before: Credentials,
  authorizationKey: Secret | null,
  password: Secret | null,
): Credentials {
  const username = before.type === "basic" ? before.username : null;
  return { type: "basic", username, password, authorizationKey };
}

/** What a profile of 2.1 brings along. */
export function ownPassword(before: Credentials, password: string | null): Credentials {
  return password === null ? before : withPassword(before, null, new Secret(password));
}
