import { armor, Encrypter } from "age-encryption";

/** Seals a text for whoever holds the recipient's identity. The same text sealed twice looks different. */
export async function seal(recipient: string, plaintext: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(plaintext));
}
