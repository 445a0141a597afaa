/** A prescription that cannot be carried out by itself; `message` says why, as a clause. It stays advice. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
}
