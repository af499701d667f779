/** What a token comes to in words of 1.6, unless the CSMS changes its mind. The station knows some by itself. */
export const TOKENS: Readonly<
  Record<string, { readonly status: string; parentIdTag?: string; expiryDate?: string }>
> = {
  ALICE: { status: "Accepted" },
  BOB: { status: "Accepted", parentIdTag: "FAMILY" },
  CAROL: { status: "Accepted", parentIdTag: "FAMILY" },
  DAVE: { status: "ConcurrentTx" },
  MALLORY: { status: "Blocked" },
  OLD: { status: "Accepted", expiryDate: "2020-01-01T00:00:00Z" },
};
