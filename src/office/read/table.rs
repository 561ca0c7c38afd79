//! Other people's tables: rows with a name and a value, rows by district, or a heading of fields above one row.
//!
//! Fields go by id, name or label, whatever stands in brackets behind them; a name that several fields share needs the
//! number or the title of the indicator beside it. What matches nothing is told, with the name that is most like it.

use super::Reading;
use super::book::{Held, Sheet};
use super::figure::{Unit, put, settled};
use super::heads::{Heads, Role, heads, plain, role};
use super::left::{Left, unplaced};
use super::names::{Names, compact, with_key};
use super::units::{Group, OfTable, Rows, behind, bracketed};
use super::value::shown;
use super::wide::wide;
use crate::office::given::Single;
use crate::office::{cell, trouble};
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
    // The district whose sheet it is, or whose rows follow.
    let mut section = names.district(&sheet.name).unwrap_or_default().to_string();
    for row in sheet.rows().range(heads.below..).copied() {
        if let Some(next) = section_of(sheet, names, heads, &values, row) {
            section = next;
        }
        let of_row = Some(section.as_str()).filter(|key| !key.is_empty());
        let own: Vec<(u32, Option<&str>)> = (values.iter().map(|column| (*column, of_row)))
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

/// Whose figures the rows from here on are, where a row says so: a district alone in a row, or in a column before the names,
/// where it is written once for several rows. The whole is nobody's part.
fn section_of(
    sheet: &Sheet,
    names: &Names<'_>,
    heads: &Heads,
    values: &[u32],
    row: u32,
) -> Option<String> {
    let label = heads.column(Role::Label).or(heads.column(Role::Indicator));
    let seen = |column: u32| {
        sheet
            .seen(row, column)
            .map(|held| held.text().trim().to_string())
    };
    let key = heads
        .column(Role::Key)
        .filter(|column| Some(*column) < label);
    if let Some(text) = key.and_then(seen) {
        return Some(if names.is_whole(&text) {
            String::new()
        } else {
            text
        });
    }
    let mut columns = values.iter().chain(heads.keys.keys());
    let text = label
        .and_then(seen)
        .filter(|_| columns.all(|column| sheet.is_empty_at(row, *column)))?;
    let district = names.district(&text).map(String::from);
    district.or_else(|| names.is_whole(&text).then(String::new))
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
    // What the row says of itself goes before what was said above it.
    let by_column = key.filter(|_| heads.keys.contains_key(&place.1));
    let mut key = match by_column {
        Some(key) => key.into(),
        None => Some(text(Role::Key))
            .filter(|own| !own.is_empty())
            .or(key.map(Into::into))
            .unwrap_or_default(),
    };
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
        // A name that says itself whose it is may stand on a district's sheet.
        let own = || {
            names
                .slots
                .get(&compact(name))
                .filter(|_| by_column.is_none())
        };
        if let Some(slot) = names.slots.get(&keyed).or_else(own) {
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
                let about = trouble::needs_key(field);
                reading.problem(sheet, Some(place), about);
                return;
            }
            several => {
                let about = trouble::several_match(name, several);
                reading.problem(sheet, Some(place), about);
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
    let mut above = all.range(..*first).map(|row| behind(&text(*row, right)));
    let unit = above.rfind(|unit| !unit.is_empty());
    heads.units.extend(unit.map(|unit| (right, unit)));
    rows(reading, sheet, names, &heads);
    true
}
