export async function hello() {
  const body = { service: "pinned-osls3" };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
