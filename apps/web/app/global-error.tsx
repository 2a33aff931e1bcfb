"use client";

/** When even the frame fails: plain markup, since the kit may be what failed. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", padding: 48 }}>
        <h1>Branchline could not be shown</h1>
        <p>Nothing was changed. Load the page again in a moment.</p>
      </body>
    </html>
  );
}
