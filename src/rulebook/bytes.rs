//! A rulebook as bytes, and back.
//!
//! The same rulebook always has the same bytes. Reading is total: any input
//! gives a rulebook whose references all hold, or says that it is unreadable.

use super::{
    Absent, Advice, Better, Chapter, Confidence, Constant, DataCheck, Field, FieldType, Grade,
    Graph, Group, Id, Indicator, Kind, Node, Order, Parameter, ParameterValue, Phase, Place,
    Rounding, Rulebook, Scheme, Standard, StepMode, Steps, Veto, ZeroPolicy,
};
use crate::date::Date;
use crate::number::Number;

/// What every rulebook starts with; the last byte is the version of the form.
const MAGIC: &[u8] = b"DBRB\x02";

/// The most values, nodes or other things of a kind that a rulebook may have.
const MOST: usize = 1 << 22;

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
        let mut out = MAGIC.to_vec();
        self.write(&mut out);
        out
    }

    /// The rulebook of some bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are no rulebook, are cut short or were altered so that
    /// something refers to nothing.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(Unreadable::NotARulebook)?;
        let rulebook = Self::read(&mut rest).ok_or(Unreadable::Damaged)?;
        if !rest.is_empty() || !rulebook.is_sound() {
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
                _ => true,
            };
            node.for_each(&mut |id| sound &= (id.0 as usize) < index);
            sound
        });
        let there = |id: Id| (id.0 as usize) < count;
        let group = |group: u32| (group as usize) < self.groups.len();
        earlier
            && slots <= MOST
            && graph.units.len() == count
            && graph.places.len() == count
            && graph.units.iter().all(|unit| named(*unit))
            && graph.places.iter().all(|place| named(place.file))
            && self
                .groups
                .iter()
                .all(|g| (g.chapter as usize) < self.chapters.len())
            && self.fields.iter().all(|field| group(field.group))
            && self.data_checks.iter().all(|check| there(check.holds))
            && self.indicators.iter().all(|i| {
                let veto = match i.veto {
                    Some(Veto::Cap(grade)) => (grade as usize) < self.scheme.grades.len(),
                    _ => true,
                };
                group(i.group)
                    && veto
                    && i.phase
                        .is_none_or(|phase| (phase as usize) < self.phases.len())
                    && i.given.iter().all(|f| (*f as usize) < self.fields.len())
                    && i.advices.iter().all(|advice| there(advice.condition))
                    && [Some(i.meets), i.score, i.applies]
                        .into_iter()
                        .flatten()
                        .all(there)
            })
            && self.scheme.lines().all(there)
            && [0, self.chapters.len()].contains(&self.scheme.weights.len())
    }
}

/// Something that can be written as bytes and read back.
trait Coded: Sized {
    fn write(&self, out: &mut Vec<u8>);
    /// `None` when the bytes are no such thing.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

impl Coded for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 127 {
            out.push(rest as u8 | 128);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for place in 0..5 {
            let (byte, rest) = bytes.split_first()?;
            *bytes = rest;
            let bits = u32::from(byte & 127);
            value |= bits << (7 * place);
            if byte & 128 == 0 {
                // One way only to write each value: no padding, nothing shifted out.
                let canonical = (place == 0 || bits != 0) && (place < 4 || bits < 16);
                return canonical.then_some(value);
            }
        }
        None
    }
}

impl Coded for bool {
    fn write(&self, out: &mut Vec<u8>) {
        u32::from(*self).write(out);
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        match u32::read(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Coded for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = u32::read(bytes)? as usize;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(core::str::from_utf8(text).ok()?.into())
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        self.iter().for_each(|item| item.write(out));
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = u32::read(bytes)? as usize;
        // Each item takes a byte at least, so a length can't promise more than there is.
        if length > bytes.len() || length > MOST {
            return None;
        }
        let mut items = Self::new();
        for _ in 0..length {
            items.push(T::read(bytes)?);
        }
        Some(items)
    }
}

impl<T: Coded> Coded for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(if bool::read(bytes)? {
            Some(T::read(bytes)?)
        } else {
            None
        })
    }
}

impl Coded for Number {
    fn write(&self, out: &mut Vec<u8>) {
        Self::write(self, out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Self::read(bytes)
    }
}

impl Coded for Date {
    fn write(&self, out: &mut Vec<u8>) {
        let days = self.days();
        ((days << 1) ^ (days >> 31)).cast_unsigned().write(out);
    }

    #[inline(never)]
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let zigzag = u32::read(bytes)?;
        Self::from_days((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }
}

macro_rules! record {
    ($type:ident { $($part:ident),* $(,)? }) => {
        impl Coded for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$part.write(out);)*
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($part: Coded::read(bytes)?),* })
            }
        }
    };
}

macro_rules! choice {
    ($type:ident { $($tag:literal $case:ident $(($($part:ident),*))?),* $(,)? }) => {
        impl Coded for $type {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$case $(($($part),*))? => {
                        out.push($tag);
                        $($($part.write(out);)*)?
                    })*
                }
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                let (tag, rest) = bytes.split_first()?;
                *bytes = rest;
                Some(match tag {
                    $($tag => Self::$case $(($({ let $part = Coded::read(bytes)?; $part }),*))?,)*
                    _ => return None,
                })
            }
        }
    };
}

impl Coded for Id {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u32::read(bytes).map(Self)
    }
}

record!(Rulebook {
    standard,
    chapters,
    phases,
    groups,
    fields,
    parameters,
    indicators,
    data_checks,
    scheme,
    graph
});
record!(Standard {
    id,
    title,
    version,
    notice,
    document,
    issuer
});
record!(Chapter { id, title, clause });
record!(Phase {
    id,
    title,
    from,
    to,
    task
});
record!(Group { id, title, chapter });
record!(Field {
    id,
    name,
    label,
    kind,
    unit,
    min,
    max,
    digits,
    help,
    group,
    department,
    evidence,
    keys,
    choices,
    given,
    better,
    record,
    slot,
});
record!(Parameter {
    id,
    label,
    unit,
    choices,
    note,
    values
});
record!(ParameterValue {
    from,
    to,
    value,
    source,
    clause,
    url,
    confidence
});
record!(Indicator {
    id,
    title,
    group,
    clause,
    quote,
    department,
    points,
    kind,
    veto,
    phase,
    deadline,
    evidence,
    given,
    meets,
    score,
    applies,
    advice,
    advices,
    note,
});
record!(Advice { condition, text });
record!(Scheme {
    full,
    weights,
    absent,
    mean,
    pass,
    chapter_floor,
    bonus_cap,
    penalty_cap,
    warn_loss,
    grades,
});
record!(Grade { name, from });
record!(DataCheck {
    holds,
    message,
    error
});
record!(Graph {
    names,
    nodes,
    units,
    places
});
record!(Place { file, line, column });
record!(Steps {
    value,
    line,
    above,
    step,
    lose,
    full,
    mode
});

choice!(FieldType { 0 Number, 1 Count, 2 Percent, 3 YesNo, 4 Choice, 5 Date, 6 Text });
choice!(Confidence { 0 Plan, 1 Official, 2 Published, 3 Recalled });
choice!(Constant { 0 Number(a), 1 Truth(a), 2 Date(a), 3 Text(a) });
choice!(Order { 0 AtLeast, 1 Above, 2 AtMost, 3 Below, 4 Equal, 5 Unequal });
choice!(ZeroPolicy { 0 Invalid, 1 NotApplicable, 2 Met, 3 Missing });
choice!(Rounding { 0 HalfEven, 1 Up, 2 Down });
choice!(Better { 0 More, 1 Less });
choice!(Absent { 0 LeaveOut, 1 Rescale, 2 Mean });
choice!(Kind { 0 Base, 1 Bonus, 2 Penalty });
choice!(Veto { 0 Fail, 1 Gate, 2 Cap(a) });
choice!(StepMode { 0 Whole, 1 Part, 2 Linear });
choice!(Node {
    0 Constant(a), 1 Slot(a), 2 Parameter(a), 3 Sum(a), 4 Difference(a, b), 5 Product(a, b),
    6 Quotient(a, b, c), 7 Percent(a, b, c), 8 Convert(a, b), 9 Absolute(a), 10 Least(a),
    11 Greatest(a), 12 Average(a), 13 Round(a, b, c), 14 DaysBetween(a, b),
    15 YearsBetween(a, b), 16 Compare(a, b, c), 17 All(a), 18 Any(a), 19 None(a),
    20 AtLeast(a, b), 21 Not(a), 22 When(a, b, c), 23 Filled(a), 24 Steps(a),
    25 AsOf, 26 MonthsAfter(a, b),
});
