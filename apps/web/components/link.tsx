"use client";

import NextLink from "next/link";

/** A client reference, which a server component may hand to the kit as `component`. */
export const Link = NextLink;
