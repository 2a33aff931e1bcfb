export default function Page() {
  return <h1>Branchline</h1>;
}
