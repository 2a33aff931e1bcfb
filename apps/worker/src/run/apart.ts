/**
 * Masks names by which a row is known, such as a resource's. Two that would read alike after that get a number, so that one
 * does not take the other's place.
 */
export function maskedApart(mask: (name: string) => string): (name: string) => string {
  const alike = new Map<string, string[]>();
  return (name) => {
    const text = mask(name);
    if (text === name) return name;
    const names = alike.get(text) ?? [];
    if (!names.includes(name)) alike.set(text, [...names, name]);
    const place = alike.get(text)?.indexOf(name) ?? 0;
    return place === 0 ? text : `${text} (${place + 1})`;
  };
}
