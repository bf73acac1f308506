/** Where arrow keys lead on rows and columns. @type {Record<string, [number, number]>} */
export const DIRECTIONS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
