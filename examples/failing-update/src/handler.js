export async function hello() {
  const body = { service: "failing-update" };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
