/** How many rows there are to read and write, numbered from 0. */
export const FLOOR_ROWS = 1000;
