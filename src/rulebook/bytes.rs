//! A rulebook as bytes, and back.
//!
//! The same rulebook always has the same bytes. Reading is total: any input
//! gives a rulebook whose references all hold, or says that it is unreadable.
//!
//! Bytes lie in columns, which [`columns`] reads and writes. Here is what each record is made of,
//! and which column each part of it goes to.

mod columns;

use super::{
    Absent, Advice, Better, Chapter, Confidence, Constant, DataCheck, Field, FieldType, Grade,
    Graph, Group, Id, Indicator, Kind, Node, Order, Parameter, ParameterValue, Phase, Place,
    Rounding, Rulebook, Scale, Scheme, Standard, StepMode, Steps, Veto, ZeroPolicy,
};
use crate::date::Date;
use crate::number::Number;
use columns::{Column, Reader, Writer};

/// What every rulebook starts with; the last byte is the version of the form.
const MAGIC: &[u8] = b"DBRB\x04";

/// The most values, nodes or other things of a kind that a rulebook may have.
const MOST: usize = 1 << 22;

/// The most chapters: each of them adds up all indicators.
const MOST_CHAPTERS: usize = 1 << 10;
/// The most decimal places that a field has, or that something is rounded to.
const MOST_DIGITS: u32 = 30;

/// These bytes are no rulebook that this version can read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unreadable {
    /// They do not start like a rulebook, or are of another version.
    NotARulebook,
    /// They end too early, or say something impossible.
    Damaged,
}

impl Rulebook {
    /// The rulebook as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        self.write_to(&mut out, Column::Counts);
        [MAGIC, &out.finish()].concat()
    }

    /// The rulebook of some bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are no rulebook, are cut short or were altered so that
    /// something refers to nothing.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (magic, rest) =
            (bytes.split_at_checked(MAGIC.len())).ok_or(Unreadable::NotARulebook)?;
        if magic != MAGIC {
            return Err(Unreadable::NotARulebook);
        }
        let mut from = Reader::new(rest);
        let rulebook = Self::read_from(&mut from, Column::Counts);
        if !from.finish() || !rulebook.is_sound() {
            return Err(Unreadable::Damaged);
        }
        Ok(rulebook)
    }

    /// Whether everything refers to something that is there, and nodes only to earlier ones.
    fn is_sound(&self) -> bool {
        let mut slots = 0usize;
        for field in &self.fields {
            if field.slot as usize != slots {
                return false;
            }
            slots += field.width();
        }
        let graph = &self.graph;
        let count = graph.nodes.len();
        let named = |name: u32| (name as usize) < graph.names.len();
        let earlier = graph.nodes.iter().enumerate().all(|(index, node)| {
            let mut sound = match node {
                Node::Slot(slot) | Node::Filled(slot) => (*slot as usize) < slots,
                Node::Parameter(p) => (*p as usize) < self.parameters.len(),
                Node::Round(_, digits, _) => *digits <= MOST_DIGITS,
                _ => true,
            };
            node.for_each(&mut |id| sound &= (id.0 as usize) < index);
            sound
        });
        let there = |id: Id| (id.0 as usize) < count;
        let group = |group: u32| (group as usize) < self.groups.len();
        // What each condition stands on, all together: some work is done for each of them.
        let mut steps = 0;
        let mut within = |id: Id| {
            steps += graph.weight(&graph.support(id));
            steps <= MOST
        };
        earlier
            && slots <= MOST
            && self.chapters.len() <= MOST_CHAPTERS
            && self.fields.iter().all(|field| field.digits <= MOST_DIGITS)
            && self
                .data_checks
                .iter()
                .all(|check| there(check.holds) && within(check.holds))
            && graph.units.len() == count
            && graph.places.len() == count
            && graph.units.iter().all(|unit| named(*unit))
            && graph.places.iter().all(|place| named(place.file))
            && self
                .groups
                .iter()
                .all(|g| (g.chapter as usize) < self.chapters.len())
            && self.fields.iter().all(|field| group(field.group))
            && self.indicators.iter().all(|i| {
                let veto = match i.veto {
                    Some(Veto::Cap(grade)) => (grade as usize) < self.scheme.grades.len(),
                    _ => true,
                };
                group(i.group)
                    && veto
                    // Scores add them up.
                    && i.points.length() == 0
                    && i.phase
                        .is_none_or(|phase| (phase as usize) < self.phases.len())
                    && i.given.iter().all(|f| (*f as usize) < self.fields.len())
                    && i.advices.iter().all(|advice| there(advice.condition))
                    && [Some(i.meets), i.score, i.applies]
                        .iter()
                        .all(|id| id.is_none_or(|id| there(id) && within(id)))
            })
            && self.scheme.lines().iter().all(|id| there(*id))
            && [0, self.chapters.len()].contains(&self.scheme.weights.len())
            && self
                .scheme
                .weights
                .iter()
                .all(|weight| weight.length() == 0)
    }
}

/// Something that can be written and read back.
trait Coded: Sized {
    /// Writes it; `to` is its column where it has none of its own.
    fn write_to(&self, out: &mut Writer, to: Column);
    /// Reads it. What is no such thing is noted in `from`, which is asked at the end.
    fn read_from(from: &mut Reader<'_>, at: Column) -> Self;
}

impl Coded for u32 {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.number(*self, to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        from.number(at)
    }
}

impl Coded for Id {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.number(self.0, to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        Self(from.number(at))
    }
}

impl Coded for bool {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.tag(u8::from(*self), to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        from.tag(2, at) == 1
    }
}

impl Coded for String {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.text(self, to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        from.text(at)
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.count(self.len());
        self.iter().for_each(|item| item.write_to(out, to));
    }

    #[inline(never)]
    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        let mut items = Self::new();
        let mut left = from.count();
        while from.goes_on(&mut left) {
            items.push(T::read_from(from, at));
        }
        items
    }
}

impl<T: Coded> Coded for Option<T> {
    fn write_to(&self, out: &mut Writer, to: Column) {
        self.is_some().write_to(out, to);
        if let Some(value) = self {
            value.write_to(out, to);
        }
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        bool::read_from(from, at).then(|| T::read_from(from, at))
    }
}

impl Coded for Number {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.exact(self, to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        from.exact(at)
    }
}

impl Coded for Date {
    fn write_to(&self, out: &mut Writer, to: Column) {
        out.number(self.days().cast_unsigned(), to);
    }

    fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
        from.date(at)
    }
}

/// A structure: its parts with their columns.
macro_rules! record {
    ($type:ident { $($part:ident: $column:ident),* $(,)? }) => {
        impl Coded for $type {
            fn write_to(&self, out: &mut Writer, _: Column) {
                $(self.$part.write_to(out, Column::$column);)*
            }

            fn read_from(from: &mut Reader<'_>, _: Column) -> Self {
                Self { $($part: Coded::read_from(from, Column::$column)),* }
            }
        }
    };
}

/// One of several things: its cases, the first of which has the tag 0, with the columns of their parts.
macro_rules! choice {
    ($type:ident { $first:ident $(($($f:ident: $fc:ident),*))?, $($tag:literal $case:ident $(($($part:ident: $column:ident),*))?),* $(,)? }) => {
        impl Coded for $type {
            fn write_to(&self, out: &mut Writer, to: Column) {
                match self {
                    Self::$first $(($($f),*))? => {
                        out.tag(0, to);
                        $($($f.write_to(out, Column::$fc);)*)?
                    }
                    $(Self::$case $(($($part),*))? => {
                        out.tag($tag, to);
                        $($($part.write_to(out, Column::$column);)*)?
                    })*
                }
            }

            fn read_from(from: &mut Reader<'_>, at: Column) -> Self {
                match from.tag(1 $(.max($tag + 1))*, at) {
                    $($tag => Self::$case $(($(<_ as Coded>::read_from(from, Column::$column)),*))?,)*
                    _ => Self::$first $(($(<_ as Coded>::read_from(from, Column::$fc)),*))?,
                }
            }
        }
    };
}

record!(Rulebook {
    standard: Standard,
    chapters: Counts,
    phases: Counts,
    groups: Counts,
    fields: Counts,
    parameters: Counts,
    indicators: Counts,
    data_checks: Counts,
    scales: Counts,
    scheme: Counts,
    graph: Counts
});
record!(Standard {
    id: Standard,
    title: Standard,
    version: Standard,
    notice: Standard,
    document: Standard,
    issuer: Standard
});
record!(Chapter {
    id: Ids,
    title: Groups,
    clause: Clauses
});
record!(Phase {
    id: Ids,
    title: ParameterLabels,
    from: Dates,
    to: Dates,
    task: ParameterLabels
});
record!(Group {
    id: Ids,
    title: Groups,
    chapter: Parents
});
record!(Field {
    id: Ids,
    name: Labels,
    label: Labels,
    kind: FieldTypes,
    unit: Units,
    min: Limits,
    max: Limits,
    digits: Digits,
    help: Labels,
    group: Parents,
    department: Departments,
    evidence: Labels,
    keys: Keys,
    choices: Choices,
    given: Given,
    better: Better,
    record: Records,
    slot: Slots,
});
record!(Parameter {
    id: Ids,
    label: ParameterLabels,
    unit: Units,
    choices: ParameterLabels,
    note: ParameterNotes,
    values: Counts
});
record!(ParameterValue {
    from: Dates,
    to: Dates,
    value: Constants,
    source: Sources,
    clause: SourceClauses,
    url: Urls,
    confidence: Confidences
});
record!(Indicator {
    id: IndicatorIds,
    title: Titles,
    group: Parents,
    clause: Clauses,
    quote: Titles,
    department: Departments,
    points: Points,
    kind: Kinds,
    veto: Kinds,
    phase: Kinds,
    deadline: Dates,
    evidence: IndicatorIds,
    given: GivenHere,
    meets: Roots,
    score: Scores,
    applies: Scores,
    advice: Advice,
    advices: FailingAdvice,
    note: Notes,
});
record!(Advice {
    condition: Conditions,
    text: FailingAdvice
});
record!(Scheme {
    full: Scores,
    weights: Points,
    absent: Kinds,
    mean: Scores,
    pass: Scores,
    chapter_floor: Scores,
    bonus_cap: Scores,
    penalty_cap: Scores,
    warn_loss: Scores,
    grades: Groups,
});
record!(Grade {
    name: Groups,
    from: Scores
});
record!(DataCheck {
    holds: Roots,
    message: Messages,
    error: Errors
});
record!(Scale {
    unit: Units,
    name: Names,
    factor: Limits
});
record!(Graph {
    names: Names,
    nodes: Nodes,
    units: NodeUnits,
    places: Counts
});
record!(Place {
    file: Files,
    line: Lines,
    column: Columns
});
record!(Steps {
    value: Operands,
    line: Operands,
    above: Details,
    step: Operands,
    lose: Operands,
    full: Operands,
    mode: Operands
});

choice!(FieldType { Number, 1 Count, 2 Percent, 3 YesNo, 4 Choice, 5 Date, 6 Text });
choice!(Confidence { Plan, 1 Official, 2 Published, 3 Recalled });
choice!(Constant { Number(a: Constants), 1 Truth(a: Constants), 2 Date(a: Dates), 3 Text(a: Keys) });
choice!(Order { AtLeast, 1 Above, 2 AtMost, 3 Below, 4 Equal, 5 Unequal });
choice!(ZeroPolicy { Invalid, 1 NotApplicable, 2 Met, 3 Missing });
choice!(Rounding { HalfEven, 1 Up, 2 Down });
choice!(Better { More, 1 Less });
choice!(Absent { LeaveOut, 1 Rescale, 2 Mean });
choice!(Kind { Base, 1 Bonus, 2 Penalty });
choice!(Veto { Fail, 1 Gate, 2 Cap(a: Kinds) });
choice!(StepMode { Whole, 1 Part, 2 Linear });
choice!(Node {
    Constant(a: Constants), 1 Slot(a: Slots), 2 Parameter(a: Parameters), 3 Sum(a: Lists),
    4 Difference(a: Operands, b: Operands), 5 Product(a: Operands, b: Operands),
    6 Quotient(a: Operands, b: Operands, c: Details), 7 Percent(a: Operands, b: Operands, c: Details),
    8 Convert(a: Operands, b: Constants), 9 Absolute(a: Operands), 10 Least(a: Lists),
    11 Greatest(a: Lists), 12 Average(a: Lists), 13 Round(a: Operands, b: Details, c: Details),
    14 DaysBetween(a: Operands, b: Operands), 15 YearsBetween(a: Operands, b: Operands),
    16 Compare(a: Details, b: Operands, c: Operands), 17 All(a: Lists), 18 Any(a: Lists),
    19 None(a: Lists), 20 AtLeast(a: Details, b: Lists), 21 Not(a: Operands),
    22 When(a: Branches, b: Branches, c: Branches), 23 Filled(a: Slots), 24 Steps(a: Operands),
    25 AsOf, 26 MonthsAfter(a: Operands, b: Operands), 27 Total(a: Lists), 28 Weighted(a: Lists),
});
