//! Other people's tables: rows with a name and a value, rows by district, or a heading of fields above one row.
//!
//! Fields go by id, name or label, whatever stands in brackets behind them; a name that several fields share needs the
//! number or the title of the indicator beside it. What matches nothing is told, with the name that is most like it.

use super::Reading;
use super::book::{Held, Sheet};
use super::heads::{Heads, Role, heads, is_beside, plain, role};
use super::names::{Names, compact, with_key};
use super::ours::is_figure;
use super::text::is_error;
use super::units::{Group, OfTable, Rows, behind, bracketed, row_of_units};
use super::value::{is_bare, same_unit, shown};
use crate::office::given::Single;
use crate::office::{cell, trouble};
use crate::rulebook::FieldType;
use crate::wording::most_like;
use std::collections::{BTreeMap, BTreeSet};

/// The most rows whose names are compared with all names.
const MOST_PROPOSED: usize = 60;

/// Reads a sheet that is none of ours; whether there was anything to read.
pub fn read(reading: &mut Reading<'_>, sheet: &Sheet) -> bool {
    let rulebook = reading.rulebook;
    let names = Names::of(rulebook);
    let found = heads(sheet, |text| names.whose(text));
    match found {
        Some(mut heads) => {
            if let Some([read, left]) = heads.newest() {
                let told = |columns: &[(u32, u32)]| {
                    let told = columns.iter().map(|(year, column)| {
                        [
                            &year.to_string(),
                            "（",
                            &cell::name(heads.last, *column),
                            "）",
                        ]
                        .concat()
                    });
                    told.collect::<Vec<_>>().join("、")
                };
                let about = trouble::newest_year(&told(&read), &told(&left));
                reading.problem(sheet, None, about);
            }
            rows(reading, sheet, &names, &heads);
            true
        }
        None => wide(reading, sheet, &names) || pairs(reading, sheet, &names),
    }
}

/// A row for each value.
fn rows(reading: &mut Reading<'_>, sheet: &Sheet, names: &Names<'_>, heads: &Heads) {
    let values = heads.values();
    if values.len() > 1 && heads.keys.is_empty() {
        let told: Vec<String> = values
            .iter()
            .map(|column| cell::name(heads.last, *column))
            .collect();
        reading.problem(sheet, None, trouble::several_values(&told.join("、")));
        return;
    }
    let of_table = units_of(sheet, names, heads, &values);
    let mut left = Left::default();
    for row in sheet.rows().range(heads.below..).copied() {
        let own: Vec<(u32, Option<&str>)> = (values.iter().map(|column| (*column, None)))
            .chain(
                heads
                    .keys
                    .iter()
                    .map(|(column, key)| (*column, Some(key.as_str()))),
            )
            .collect();
        for (column, key) in own {
            // Of cells that were made one, the first holds the value.
            if let Some(held) = sheet
                .cells
                .get(&(row, column))
                .filter(|held| !held.is_blank() && !of_table.cells.contains(&(row, column)))
            {
                let is_heading = matches!(held, Held::Text(text) if heads.roles.contains_key(&column) && names_a_column(text));
                if !is_heading {
                    one(
                        reading,
                        sheet,
                        names,
                        heads,
                        of_table.at(row),
                        (row, column),
                        key,
                        held,
                        &mut left,
                    );
                }
            }
        }
    }
    left.told(reading, sheet);
    unplaced(reading, sheet, heads.below, &heads.unplaced);
}

/// What the table says of the units of all its figures.
fn units_of(sheet: &Sheet, names: &Names<'_>, heads: &Heads, values: &[u32]) -> OfTable {
    let figures: Vec<u32> = values.iter().chain(heads.keys.keys()).copied().collect();
    let columns =
        |column: u32| heads.roles.contains_key(&column) || heads.keys.contains_key(&column);
    let rows = Rows {
        head: heads.first,
        below: heads.below,
        columns: &columns,
        figures: &figures,
    };
    let mut of_table = OfTable::of(sheet, &rows, &|text| names.is_unit(text));
    if let Some((row, units)) = &heads.loose {
        of_table.loose(*row, units);
    }
    of_table
}

/// What is known of the unit of a figure.
struct Unit<'a> {
    /// Beside it, behind its name, or in the heading of its column.
    own: String,
    of_table: Option<&'a Group>,
    /// Whether the table has a column of units, where it has none.
    has_column: bool,
}

/// The unit that a figure is read in, the wanted one with what wants it; nothing where that has to be asked.
fn settled(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    place: (u32, u32),
    (wanted, label): (&str, &str),
    unit: &Unit<'_>,
    held: &Held,
    left: &mut Left,
) -> Option<String> {
    let is_bare = matches!(held, Held::Text(text) | Held::Number(text) if is_bare(text));
    let Some(group) = unit.of_table.filter(|_| unit.own.is_empty() && is_bare) else {
        return Some(unit.own.clone());
    };
    let fitting: Vec<(&String, String)> = (group.units.iter())
        .filter_map(|unit| Some((unit, reading.one_of(wanted, unit)?)))
        .collect();
    let Some((first, times)) = fitting.first() else {
        let [open, close] = if wanted.is_empty() {
            ["", ""]
        } else {
            ["（", "）"]
        };
        let item = [label, open, wanted, close].concat();
        let (_, items) =
            (left.unfit.entry(group.place)).or_insert((group.units.join("、"), Vec::new()));
        items.push(item);
        return Some(String::new());
    };
    let one = fitting.iter().all(|(_, other)| other == times);
    if one && (!unit.has_column || same_unit(first, wanted)) {
        return Some((*first).clone());
    }
    let about = trouble::unit_unclear(&group.units.join("、"), wanted);
    reading.problem(sheet, Some(place), about);
    None
}

/// What a table says that the standard has no place for, until all of it is read.
#[derive(Default)]
struct Left {
    /// How many names matched nothing.
    refused: usize,
    /// By path, figures of parts where the standard asks for the whole: the first of each.
    parts: BTreeMap<String, (u32, u32)>,
    /// By the place of a unit of the whole table: that unit, and what it does not fit.
    unfit: BTreeMap<(u32, u32), (String, Vec<String>)>,
    /// By the index of a field, figures of the whole where the standard asks for each part.
    wholes: BTreeMap<usize, (u32, u32)>,
}

impl Left {
    /// Tells what nothing else stands in for, and what is not needed.
    fn told(self, reading: &mut Reading<'_>, sheet: &Sheet) {
        for (place, (unit, items)) in self.unfit {
            reading.problem(sheet, Some(place), trouble::unit_unfit(&unit, &items));
        }
        let mut needless = Vec::new();
        for (path, place) in self.parts {
            let label = reading.label(&path);
            if reading.found.contains_key(&path) {
                needless.push(label);
            } else {
                reading.problem(sheet, Some(place), trouble::needs_total(&label));
            }
        }
        let rulebook = reading.rulebook;
        for (index, place) in self.wholes {
            let Some(field) = rulebook.fields.get(index) else {
                continue;
            };
            let mut slots = field.slot..field.slot + field.width() as u32;
            if slots.any(|slot| reading.found.contains_key(&rulebook.slot_id(slot))) {
                needless.push(field.label.clone());
            } else {
                let about = trouble::needs_key(&field.label, &field.keys.join("、"));
                reading.problem(sheet, Some(place), about);
            }
        }
        if !needless.is_empty() {
            reading.problem(sheet, None, trouble::needless(&needless));
        }
    }
}

/// Tells the columns with figures that nobody can place.
fn unplaced(reading: &mut Reading<'_>, sheet: &Sheet, below: u32, columns: &BTreeMap<u32, String>) {
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for ((row, column), held) in sheet.cells.range((below, 0)..) {
        let Some(head) = columns.get(column).filter(|_| is_figure(&held.text())) else {
            continue;
        };
        if told.insert(*column) {
            let about = trouble::unplaced(head, &held.text());
            reading.problem(sheet, Some((*row, *column)), about);
        }
    }
}

/// A heading that is repeated on the next page.
fn names_a_column(text: &str) -> bool {
    ["填报值", "数值", "完成值", "现状值", "实际值", "指标值"].contains(&plain(text).as_str())
}

#[expect(
    clippy::too_many_arguments,
    reason = "a cell with all that is known of it"
)]
fn one(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    names: &Names<'_>,
    heads: &Heads,
    of_table: Option<&Group>,
    place: (u32, u32),
    key: Option<&str>,
    held: &Held,
    left: &mut Left,
) {
    let text = |role: Role| {
        let held = heads
            .column(role)
            .and_then(|column| sheet.seen(place.0, column));
        held.map_or_else(String::new, |held| held.text().trim().to_string())
    };
    let (code, label, mut unit) = (text(Role::Code), text(Role::Label), text(Role::Unit));
    if unit.is_empty() {
        unit = bracketed(if label.is_empty() { &code } else { &label });
    }
    // What the column of figures says, then what that of units does.
    let by_head = [Some(place.1), heads.column(Role::Unit)];
    let mut by_head = (by_head.into_iter().flatten()).filter_map(|column| heads.units.get(&column));
    if unit.is_empty() {
        unit = by_head.next().cloned().unwrap_or_default();
    }
    let unit = Unit {
        own: unit,
        of_table,
        has_column: heads.column(Role::Unit).is_some(),
    };
    let indicators: Vec<String> = [text(Role::Number), text(Role::Indicator)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let by_column = key;
    let mut key = key.map_or_else(|| text(Role::Key), Into::into);
    let whole = by_column == Some("") || names.is_whole(&key);
    if whole {
        key.clear();
    }
    // The most precise name first; a title stands in where there is no other.
    let tried: Vec<&String> = [&code, &label]
        .into_iter()
        .chain(&indicators)
        .filter(|text| !text.is_empty())
        .collect();
    let Some(name) = tried.first().map(|name| (*name).clone()) else {
        reading.problem(sheet, Some(place), trouble::no_name(&held.text()));
        return;
    };
    for name in &tried {
        let keyed = if key.is_empty() {
            compact(name)
        } else {
            with_key(name, &key)
        };
        if let Some(slot) = names.slots.get(&keyed) {
            put(reading, sheet, place, *slot, &unit, held, left);
            return;
        }
        let fields = names.fields(name, &indicators);
        let rulebook = reading.rulebook;
        let found: Vec<_> = fields
            .iter()
            .filter_map(|index| rulebook.fields.get(*index))
            .collect();
        match found.as_slice() {
            [] => {}
            [field] if field.keys.is_empty() => {
                // The figure of one district is not the city's.
                if key.is_empty() && !names.is_of_part(name) {
                    put(reading, sheet, place, field.slot, &unit, held, left);
                } else {
                    let path = rulebook.slot_id(field.slot);
                    left.parts.entry(path).or_insert(place);
                }
                return;
            }
            [_] if whole => {
                let index = fields.first().copied().unwrap_or_default();
                left.wholes.entry(index).or_insert(place);
                return;
            }
            [field] => {
                let about = trouble::needs_key(&field.label, &field.keys.join("、"));
                reading.problem(sheet, Some(place), about);
                return;
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|field| field.id.as_str()).collect();
                reading.problem(
                    sheet,
                    Some(place),
                    trouble::several_match(name, &ids.join("、")),
                );
                return;
            }
        }
        if let Some(line) = names
            .lines
            .get(&plain(name))
            .and_then(|index| rulebook.parameters.get(*index))
        {
            let path = ["parameter:", &line.id].concat();
            if !key.is_empty() {
                left.parts.entry(path).or_insert(place);
                return;
            }
            let wanted = (line.unit.as_str(), line.label.as_str());
            let Some(unit) = settled(reading, sheet, place, wanted, &unit, held, left) else {
                return;
            };
            if let Some(single) = reading.line(sheet, place, &line.unit, &unit, held) {
                reading.put(sheet, place, path, single);
            }
            return;
        }
    }
    let rulebook = reading.rulebook;
    // A row of an indicator: its rate, say, is computed here from figures, not entered.
    let read = tried
        .iter()
        .find_map(|name| names.indicators.get(&plain(name)));
    if let Some(parts) =
        read.filter(|_| label.is_empty() || names.indicators.contains_key(&plain(&label)))
    {
        let labels: Vec<&str> = parts
            .iter()
            .filter_map(|index| rulebook.fields.get(*index))
            .map(|field| field.label.as_str())
            .collect();
        reading.problem(
            sheet,
            Some(place),
            trouble::needs_parts(&name, &labels.join("、")),
        );
        return;
    }
    left.refused += 1;
    let labels = rulebook
        .fields
        .iter()
        .flat_map(|field| [field.label.as_str(), field.name.as_str()]);
    let like = (left.refused <= MOST_PROPOSED)
        .then(|| most_like(&name, labels))
        .flatten();
    let value = shown(&Single::Text(held.text()));
    reading.problem(
        sheet,
        Some(place),
        trouble::no_match(&name, &value, like.as_deref()),
    );
}

fn put(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    place: (u32, u32),
    slot: u32,
    unit: &Unit<'_>,
    held: &Held,
    left: &mut Left,
) {
    let rulebook = reading.rulebook;
    let Some((field, _)) = rulebook.field_of(slot) else {
        return;
    };
    let figure = [FieldType::Number, FieldType::Count, FieldType::Percent].contains(&field.kind);
    let wanted = (field.unit.as_str(), field.label.as_str());
    let unit = match figure {
        true => settled(reading, sheet, place, wanted, unit, held, left),
        false => Some(unit.own.clone()),
    };
    let Some(unit) = unit else { return };
    let trimmed = match held {
        Held::Text(text) if is_error(text.trim()) => Held::Error(text.trim().into()),
        Held::Text(text) => Held::Text(text.trim().into()),
        held => held.clone(),
    };
    if let Some(single) = reading.value(sheet, place, Some(field), &unit, &trimmed) {
        reading.put(sheet, place, rulebook.slot_id(slot), single);
    }
}

/// A heading of fields above one row of values, or above a row for each district.
fn wide(reading: &mut Reading<'_>, sheet: &Sheet, names: &Names<'_>) -> bool {
    let rows: Vec<u32> = sheet.rows().into_iter().collect();
    let heading = |row: u32| -> Vec<(u32, String)> {
        let cells = sheet.cells.range((row, 0)..(row + 1, 0));
        let texts = cells.map(|((_, column), held)| (*column, held.text()));
        texts.filter(|(_, text)| names.is_field(text)).collect()
    };
    let found = rows
        .iter()
        .filter(|row| !sheet.hidden_rows.contains(row))
        .take(40)
        .map(|row| (*row, heading(*row)))
        .find(|(_, heads)| heads.len() > 1);
    let Some((top, heads)) = found else {
        return false;
    };
    let units = row_of_units(sheet, top + 1);
    let first = top + 1 + u32::from(units.is_some());
    let units = units.unwrap_or_default();
    let columns: BTreeSet<u32> = heads.iter().map(|(column, _)| *column).collect();
    let is_one = |column: u32| columns.contains(&column);
    let figures: Vec<u32> = columns.iter().copied().collect();
    let parts = Rows {
        head: top,
        below: first,
        columns: &is_one,
        figures: &figures,
    };
    let mut of_table = OfTable::of(sheet, &parts, &|text| names.is_unit(text));
    if !units.keys().any(|column| columns.contains(column)) {
        of_table.loose(top + 1, &units);
    }
    // A column of units is one for the figures of each row.
    let column_of_units = sheet.cells.range((top, 0)..(top + 1, 0));
    let mut column_of_units =
        column_of_units.filter(|(_, held)| role(&held.text()) == Some(Role::Unit));
    let column_of_units = column_of_units.next().map(|((_, column), _)| *column);
    for row in rows.iter().filter(|row| **row >= first) {
        let cell = column_of_units.map(|column| (*row, column));
        if let Some((place, held)) = cell.and_then(|cell| sheet.cells.get_key_value(&cell)) {
            of_table.beside(*place, &held.text());
        }
    }
    // Below the table there may be a word on units, and no figure.
    let said = of_table.places();
    let is_data = |row: &u32| {
        let mut cells = sheet.cells.range((*row, 0)..(*row + 1, 0));
        *row >= first && !cells.all(|(place, _)| said.contains(place))
    };
    let below: Vec<u32> = rows.into_iter().filter(|row| is_data(row)).collect();
    let rulebook = reading.rulebook;
    // The district of a row, wherever it stands.
    let key = |row: u32| {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0));
        cells.find_map(|(_, held)| names.keys.get(held.text().trim()).copied())
    };
    let by_key = below.iter().any(|row| key(*row).is_some());
    if !by_key && below.len() != 1 {
        reading.problem(sheet, None, trouble::several_rows(below.len()));
        return true;
    }
    let beside = || {
        let cells = sheet.cells.range((top, 0)..(top + 1, 0));
        cells.filter(|((_, column), _)| !columns.contains(column))
    };
    let of_keys = beside().any(|(_, held)| role(&held.text()) == Some(Role::Key));
    // What a row is called, where it is neither a district's nor the city's.
    let called = |row: u32| {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0));
        let named = cells.find(|((_, column), held)| {
            !columns.contains(column) && !held.is_blank() && !is_figure(&held.text())
        });
        named.map(|(_, held)| held.text().trim().to_string())
    };
    let mut left = Left::default();
    for row in below {
        let of_row = key(row);
        if of_row.is_none() && (by_key || of_keys) {
            let name = called(row).unwrap_or_default();
            let mut held = heads.iter().map(|(column, _)| (row, *column));
            let first = held.find(|(row, column)| !sheet.is_empty_at(*row, *column));
            if !names.is_whole(&name) {
                if let Some(place) = first {
                    reading.problem(sheet, Some(place), trouble::whose_row(&name));
                }
                continue;
            }
        }
        for (column, name) in &heads {
            let Some(held) = sheet
                .cells
                .get(&(row, *column))
                .filter(|held| !held.is_blank())
            else {
                continue;
            };
            let place = (row, *column);
            let in_brackets = bracketed(name);
            let unit = Unit {
                own: units.get(column).unwrap_or(&in_brackets).clone(),
                of_table: of_table.at(row),
                has_column: false,
            };
            let keyed = of_row.map_or_else(|| compact(name), |key| with_key(name, key));
            if let Some(slot) = names.slots.get(&keyed) {
                put(reading, sheet, place, *slot, &unit, held, &mut left);
                continue;
            }
            let fields = names.fields(name, &[]);
            let found: Vec<_> = fields
                .iter()
                .filter_map(|index| rulebook.fields.get(*index))
                .collect();
            match found.as_slice() {
                // A figure of the city has no place in the row of a district.
                [field] if field.keys.is_empty() && of_row.is_none() && !names.is_of_part(name) => {
                    put(reading, sheet, place, field.slot, &unit, held, &mut left)
                }
                [field] if field.keys.is_empty() => {
                    let path = rulebook.slot_id(field.slot);
                    left.parts.entry(path).or_insert(place);
                }
                [_] if by_key && of_row.is_none() => {
                    let index = fields.first().copied().unwrap_or_default();
                    left.wholes.entry(index).or_insert(place);
                }
                [field] => {
                    let about = trouble::needs_key(&field.label, &field.keys.join("、"));
                    reading.problem(sheet, Some(place), about);
                }
                several => {
                    let ids: Vec<&str> = several.iter().map(|field| field.id.as_str()).collect();
                    reading.problem(
                        sheet,
                        Some(place),
                        trouble::several_match(name, &ids.join("、")),
                    );
                }
            }
        }
    }
    left.told(reading, sheet);
    let strange = beside().map(|((_, column), held)| (*column, held.text()));
    let strange = strange.filter(|(_, head)| !is_beside(head) && role(head).is_none());
    unplaced(reading, sheet, first, &strange.collect());
    true
}

/// Two columns without a heading: names and values.
fn pairs(reading: &mut Reading<'_>, sheet: &Sheet, names: &Names<'_>) -> bool {
    let columns: BTreeSet<u32> = sheet
        .cells
        .iter()
        .filter(|(_, held)| !held.is_blank())
        .map(|((_, column), _)| *column)
        .collect();
    let mut columns = columns.into_iter();
    let (Some(left), Some(right), None) = (columns.next(), columns.next(), columns.next()) else {
        return false;
    };
    let text = |row: u32, column: u32| {
        sheet
            .cells
            .get(&(row, column))
            .map_or_else(String::new, Held::text)
    };
    let is_known = |name: &str| names.is_field(name) || names.lines.contains_key(&plain(name));
    let all = sheet.rows();
    if !all.iter().any(|row| is_known(&text(*row, left))) {
        return false;
    }
    // Above the first figure there may be a title.
    let holds = |row: u32| {
        is_known(&text(row, left)) || text(row, right).contains(|c: char| c.is_ascii_digit())
    };
    let Some(first) = all.iter().find(|row| holds(**row)) else {
        return false;
    };
    // What was aimed at is no value.
    let mut above = all.range(..*first);
    if above.any(|row| role(&text(*row, right)) == Some(Role::Other)) {
        return false;
    }
    let roles = BTreeMap::from([(left, Role::Label), (right, Role::Value(0))]);
    let mut heads = Heads::of_pairs(*first, roles);
    let above = all.range(..*first).map(|row| behind(&text(*row, right)));
    let unit = above.filter(|unit| !unit.is_empty()).last();
    heads.units.extend(unit.map(|unit| (right, unit)));
    rows(reading, sheet, names, &heads);
    true
}
