import { Table, TableTbody, TableTd, TableTh, TableThead, TableTr, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./row-table.module.css";

type Props = {
  /** Headings; null over the buttons of the rows. */
  columns: (string | null)[];
  rows: { key: string; cells: ReactNode[] }[];
};

/** A table whose rows become blocks of named facts where there is little room. */
export function RowTable({ columns, rows }: Props) {
  return (
    <Table className={classes.table ?? ""} verticalSpacing={8}>
      <TableThead>
        <TableTr>
          {columns.map((column) => (
            <TableTh key={column}>{column ?? <VisuallyHidden>Actions</VisuallyHidden>}</TableTh>
          ))}
        </TableTr>
      </TableThead>
      <TableTbody>
        {rows.map(({ key, cells }) => (
          <TableTr key={key}>
            {cells.map((cell, place) => (
              <TableTd key={columns[place]} data-label={columns[place]}>
                <div>{cell}</div>
              </TableTd>
            ))}
          </TableTr>
        ))}
      </TableTbody>
    </Table>
  );
}
