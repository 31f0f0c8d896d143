//! A table with its spans applied: every row says which cell stands in which column.

use crate::page::{Cell, Table};

/// More columns than any table of cookies has, transposed ones included.
const MOST_COLUMNS: usize = 256;

/// A table as a reader sees it.
pub(crate) struct Grid<'a> {
    pub rows: Vec<GridRow<'a>>,
    pub width: usize,
}

/// A row of a [`Grid`].
pub(crate) struct GridRow<'a> {
    /// One slot per column; shorter than the grid when the row ends early.
    pub slots: Vec<Slot<'a>>,
    /// True when the row stands in `thead` or all of its cells are headers.
    pub header: bool,
}

/// A column of a row.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    /// The cell shown here; none where a span of a row above left a hole.
    pub cell: Option<&'a Cell>,
    /// True when the cell began in a row above.
    pub from_above: bool,
    /// True when the cell began in a column before.
    pub from_before: bool,
}

impl<'a> Grid<'a> {
    /// Applies the spans. The work is linear in the number of cells: absurd spans are cut.
    pub fn new(table: &'a Table) -> Grid<'a> {
        let cells: usize = table.rows.iter().map(|row| row.cells.len()).sum();
        let mut budget = 8 * cells + 4096;
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut open: Vec<Option<(&'a Cell, u16, bool)>> = Vec::new();
        let mut width = 0;
        for row in &table.rows {
            let mut slots: Vec<Slot<'a>> = Vec::with_capacity(row.cells.len());
            let mut cells = row.cells.iter();
            loop {
                let column = slots.len();
                if column >= MOST_COLUMNS || budget == 0 {
                    break;
                }
                if let Some((cell, left, from_before)) = open.get_mut(column).and_then(Option::take) {
                    slots.push(Slot { cell: Some(cell), from_above: true, from_before });
                    budget -= 1;
                    if left > 1 {
                        open[column] = Some((cell, left - 1, from_before));
                    }
                    continue;
                }
                let Some(cell) = cells.next() else {
                    if open.iter().skip(column).any(Option::is_some) {
                        slots.push(Slot { cell: None, from_above: false, from_before: false });
                        continue;
                    }
                    break;
                };
                let span = usize::from(cell.colspan.max(1)).min(MOST_COLUMNS - column);
                for step in 0..span.min(budget) {
                    slots.push(Slot { cell: Some(cell), from_above: false, from_before: step > 0 });
                    if cell.rowspan > 1 {
                        let at = column + step;
                        if open.len() <= at {
                            open.resize(at + 1, None);
                        }
                        open[at] = Some((cell, cell.rowspan - 1, step > 0));
                    }
                }
                budget = budget.saturating_sub(span);
            }
            width = width.max(slots.len());
            rows.push(GridRow { slots, header: row.header });
        }
        Grid { rows, width }
    }
}

impl<'a> Grid<'a> {
    /// The grid with rows and columns exchanged.
    pub fn transposed(&self) -> Grid<'a> {
        let rows = (0..self.width).map(|column| GridRow {
            slots: self
                .rows
                .iter()
                .map(|row| Slot { cell: row.cell(column), from_above: false, from_before: false })
                .collect(),
            header: column == 0,
        });
        Grid { rows: rows.collect(), width: self.rows.len() }
    }
}

impl<'a> GridRow<'a> {
    /// The words in a column; empty where there is no cell.
    pub fn words(&self, column: usize) -> &'a str {
        self.cell(column).map_or("", |cell| cell.text.plain.as_str())
    }

    /// The cell in a column.
    pub fn cell(&self, column: usize) -> Option<&'a Cell> {
        self.slots.get(column).and_then(|slot| slot.cell)
    }

    /// True when no cell says anything.
    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot| slot.cell.is_none_or(|cell| cell.text.plain.trim().is_empty()))
    }

    /// The one cell that says something, when it is alone in its row and begins in it.
    pub fn only_cell(&self) -> Option<&'a Cell> {
        let mut only = None;
        for slot in self.slots.iter().filter(|slot| !slot.from_before) {
            let Some(cell) = slot.cell.filter(|cell| !cell.text.plain.trim().is_empty()) else { continue };
            if slot.from_above || only.is_some() {
                return None;
            }
            only = Some(cell);
        }
        only
    }

    /// The cells that begin in this row, in order.
    pub fn own_cells(&self) -> impl Iterator<Item = &'a Cell> {
        self.slots.iter().filter(|slot| !slot.from_above && !slot.from_before).filter_map(|slot| slot.cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Row, Text};

    fn cell(words: &str, colspan: u16, rowspan: u16) -> Cell {
        Cell { text: Text { plain: words.into(), marks: Vec::new() }, header: false, colspan, rowspan, label: None }
    }

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        Table { caption: None, rows: rows.into_iter().map(|cells| Row { cells, header: false }).collect() }
    }

    fn shown(table: &Table) -> Vec<Vec<&str>> {
        let grid = Grid::new(table);
        grid.rows.iter().map(|row| (0..row.slots.len()).map(|column| row.words(column)).collect()).collect()
    }

    #[test]
    fn a_cell_over_two_rows_stands_in_both() {
        let table = table(vec![
            vec![cell("Hotjar", 1, 2), cell("a", 1, 1)],
            vec![cell("b", 1, 1)],
            vec![cell("Other", 1, 1), cell("c", 1, 1)],
        ]);
        assert_eq!(shown(&table), [["Hotjar", "a"], ["Hotjar", "b"], ["Other", "c"]]);
    }

    #[test]
    fn a_cell_over_three_columns_is_alone_in_its_row() {
        let table =
            table(vec![vec![cell("Statistics", 3, 1)], vec![cell("a", 1, 1), cell("b", 1, 1), cell("c", 1, 1)]]);
        let grid = Grid::new(&table);
        assert_eq!(grid.rows[0].only_cell().map(|cell| cell.text.plain.as_str()), Some("Statistics"));
        assert!(grid.rows[1].only_cell().is_none());
    }

    #[test]
    fn absurd_spans_stay_bounded() {
        let mut rows = vec![(0..300).map(|_| cell("x", 1000, 60000)).collect()];
        rows.extend((0..20000).map(|_| Vec::new()));
        let table = table(rows);
        let grid = Grid::new(&table);
        assert!(grid.rows.iter().map(|row| row.slots.len()).sum::<usize>() < 20_000);
    }
}
