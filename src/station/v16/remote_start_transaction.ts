import { obeys } from "../dialect.ts";
import { readProfile16 } from "./charging_profile.ts";
import { idTag } from "./id_tag.ts";

/**
 * Starts a transaction for somebody who is not there, on a connector or on one of the station's choice
 * (§5.11). A profile that comes along must be a TxProfile.
 */
export const remoteStartTransaction = obeys<"1.6", "RemoteStartTransaction">(
  (station, request) => {
    const { connectorId = null, chargingProfile = null } = request;
    const reject = (why: string) => {
      station.log.info(`RemoteStartTransaction is rejected: ${why}`, { connectorId });
      return { status: "Rejected" } as const;
    };
    if (typeof request.idTag !== "string") return reject("it has no idTag");
    if (connectorId !== null && station.connector(connectorId) === undefined) {
      return reject("there is no such connector");
    }
    if (chargingProfile !== null && chargingProfile.chargingProfilePurpose !== "TxProfile") {
      return reject("its charging profile is not a TxProfile");
    }
    const started = station.remoteStart({
      connectorId,
      idToken: idTag(request.idTag),
      groupId: null,
      profile: chargingProfile === null ? null : readProfile16(chargingProfile),
      remoteStartId: null,
    });
    return "why" in started ? reject(started.why) : { status: "Accepted" };
  },
);
