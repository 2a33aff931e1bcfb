import { armor, Decrypter } from "age-encryption";

/** @throws Error when the text was not sealed for this identity, or was changed since */
export async function open(identity: string, sealed: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(armor.decode(sealed), "text");
}
