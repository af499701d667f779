import { profileRefusal } from "./network/profile_refusal.ts";
import type { SettingName, SettingValue } from "./settings/definitions.ts";
import type { SettingsOwner } from "./settings/settings.ts";
import type { Station } from "./station.ts";

/** What a station does when it is configured otherwise than before. */
export class SettingReactions implements SettingsOwner {
  readonly #station: Station;

  constructor(station: Station) {
    this.#station = station;
  }

  settingRefusal(name: SettingName, value: SettingValue<SettingName>): string | null {
    const { network, settings } = this.#station;
    if (name === "networkConfigurationPriority") {
      return network.slots.priorityRefusal(value as readonly string[]);
    }
    if (name !== "securityProfile") return null;
    return profileRefusal(network, Number(value), { now: settings.get("securityProfile") });
  }

  settingChanged(name: SettingName): void {
    const { all, line, metering, network, security } = this.#station;
    switch (name) {
      case "authorizationKey":
        security.note("ReconfigurationOfSecurityParameters", "AuthorizationKey");
        void network.passwordChanged(name);
        return;
      case "basicAuthPassword":
        security.note("ReconfigurationOfSecurityParameters", "BasicAuthPassword");
        void network.passwordChanged(name);
        return;
      case "securityProfile":
        security.note("ReconfigurationOfSecurityParameters", "SecurityProfile");
        void network.profileChanged();
        return;
      case "webSocketPingInterval":
        return network.pingChanged();
      case "heartbeatInterval":
        return line.registration.wake();
      case "meterValueSampleInterval":
      case "stopTxnSampleInterval":
        for (const connector of all.values()) metering.restart(connector);
        return;
      case "clockAlignedDataInterval":
      case "stopTxnAlignedInterval":
        return metering.align();
      default:
        return;
    }
  }
}
