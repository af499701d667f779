import { customerReport } from "../customers/customer_report.ts";
import { linesOf } from "../customers/lines_of.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { refusing } from "./status_info.ts";

/** What NotifyCustomerInformation holds. */
const LONGEST_DATA = 512;

/** Reports what the station knows of a customer (N09), and forgets it (N10). */
export const customerInformation = obeys<"2.1", "CustomerInformation">((station, request) => {
  const { requestId, report, clear, idToken, customerIdentifier, customerCertificate } = request;
  const references = [idToken, customerIdentifier, customerCertificate];
  if (references.filter((one) => one !== undefined).length !== 1) {
    const refuse = refusing(station, "CustomerInformation", "Invalid");
    return refuse("InvalidValue", "it must name one customer in one way");
  }
  if (!report && !clear) {
    const refuse = refusing(station, "CustomerInformation", "Rejected");
    return refuse("InvalidValue", "it asks neither to report nor to clear");
  }
  // Contracts and identifiers are nothing that a station without ISO 15118 knows.
  const token = isIdToken(idToken) ? readIdToken(idToken) : null;
  const { facilities } = station.services;
  const known = report && token !== null
    ? customerReport(facilities.customerSources, token, station.now())
    : "";
  return new Answer({ status: "Accepted" }, () => {
    if (clear && token !== null) facilities.forgetCustomer(token);
    // Without a report one message tells that it is done.
    const text = known || (report ? "Nothing is known of this customer" : "");
    const pieces = linesOf(text, LONGEST_DATA);
    const parts = pieces.map((piece, seqNo) => ({
      at: station.now(),
      seqNo,
      isContinued: seqNo < pieces.length - 1,
      items: [piece],
    }));
    void sayParts(station, "customerInformation", requestId, parts);
  });
});
