/** What a person can do something about: shown without a stack. */
export function problem(message) {
  return Object.assign(new Error(message), { isForPeople: true });
}
