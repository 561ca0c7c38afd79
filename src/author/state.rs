//! The standard while it is being compiled: what is declared so far, under which names, and what
//! is wrong. At the end it becomes the rulebook, or the list of problems.

use super::declare::{Defaults, Named};
use super::example::Example;
use super::problem::{Problem, Trouble};
use super::source::{self, SourceFile, Span};
use super::trace::{Datum, Kind, Trace};
use super::{Compiled, analysis, limits, syntax, words};
use crate::number::Number;
use crate::rulebook::{Id, Node, Place, Rulebook, Scale};
use rhai::{Dynamic, Position};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The standard while it is being compiled.
#[derive(Debug, Default)]
pub struct State {
    pub trace: Trace,
    pub rulebook: Rulebook,
    pub examples: Vec<Example>,
    pub problems: Vec<Problem>,
    pub names: HashMap<String, Named>,
    /// Text of the files, by path.
    pub texts: HashMap<String, String>,
    /// The file that is being run.
    pub file: String,
    /// The statement that is being run, as it was padded.
    pub statement: String,
    pub group_of: HashMap<String, u32>,
    /// What the groups of the files give their fields and indicators.
    pub defaults: HashMap<String, Defaults>,
    /// Advice that parts of conditions have of their own.
    pub advices: HashMap<Id, String>,
    pub chapters_at: Vec<(String, Position)>,
    pub scheme_declared: bool,
    /// The scores that the scheme asks for: what they are called, and where they are written.
    pub scheme_lines: Vec<(String, Id, (String, Position))>,
    /// Where the names were declared.
    pub named_at: HashMap<Named, (String, Position)>,
    pub indicator_ids: HashSet<String>,
    /// Where the indicators were declared.
    pub indicators_at: Vec<(String, Position)>,
    /// The indicator declared last in a file, which its examples are for.
    pub latest: HashMap<String, usize>,
    /// Files whose indicator declared last is broken: their examples are passed over.
    pub without: HashSet<String>,
    /// Names whose declaration is broken: what uses them is not blamed.
    pub broken: HashSet<String>,
    /// Names that no rule can write: what uses them is not blamed.
    pub unwritable: Vec<String>,
    /// Where each name was declared: `file:line`.
    pub first: HashMap<String, String>,
    /// Functions of the scripts, by name and number of items: file and line.
    pub functions: HashMap<(String, usize), (String, usize)>,
    /// How deep `if` stands in `if`.
    pub depth: usize,
    /// Units as they were written, with their places.
    pub units: Vec<(String, String, Position)>,
    /// Names that scripts gave to values.
    pub given: Vec<syntax::Given>,
}

impl State {
    pub fn open(&mut self, file: &SourceFile) {
        self.texts.insert(file.path.clone(), file.text.clone());
        self.enter(&file.path);
    }

    pub fn enter(&mut self, path: &str) {
        self.file = path.into();
        self.trace.name(path);
    }

    /// How much has been declared so far.
    pub fn declared(&self) -> [usize; 10] {
        let rulebook = &self.rulebook;
        [
            rulebook.standard.id.len(),
            rulebook.chapters.len(),
            rulebook.phases.len(),
            usize::from(self.scheme_declared),
            rulebook.groups.len(),
            rulebook.fields.len(),
            rulebook.parameters.len(),
            rulebook.indicators.len(),
            rulebook.data_checks.len(),
            self.examples.len(),
        ]
    }

    /// The place of a position, for the rulebook.
    pub fn place(&self, at: Position) -> Place {
        Place {
            file: self.trace.file(&self.file),
            line: at.line().unwrap_or(0) as u32,
            column: at.position().unwrap_or(0) as u32,
        }
    }

    /// The place of a position, for people.
    pub fn located(&self, at: Position) -> String {
        format!(
            "{}:{}:{}",
            self.file,
            at.line().unwrap_or(0),
            at.position().unwrap_or(0)
        )
    }

    /// Where a key of an option is written in the statement, after a position.
    pub fn place_of_key(&self, key: &str, after: Position) -> Option<Position> {
        let (from, start) = (after.line().unwrap_or(1), after.position().unwrap_or(1));
        for (index, line) in self.statement.lines().enumerate().skip(from - 1) {
            for (at, _) in line.match_indices(key) {
                let rest = line.get(at + key.len()..)?.trim_start();
                let before = line.get(..at)?.chars().next_back();
                let column = line.get(..at)?.chars().count() + 1;
                let later = index + 1 > from || column >= start;
                if later
                    && rest.starts_with(':')
                    && !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                {
                    return Some(Position::new(index as u16 + 1, column as u16));
                }
            }
        }
        None
    }

    /// Where a word stands in the statement, at or after a position.
    pub fn place_of_word(&self, word: &str, after: Position) -> Option<Position> {
        let first = self.statement.chars().take_while(|c| *c == '\n').count() + 1;
        let (line, column) = (after.line().unwrap_or(1), after.position().unwrap_or(1));
        let span = source::find(&self.statement, word, line.max(first), column)?;
        Some(Position::new(span.line as u16, span.column as u16))
    }

    /// Whether so much is wrong that more need not be told. That something is wrong always is.
    fn is_enough(&self) -> bool {
        self.problems.len() >= limits::PROBLEMS && self.problems.iter().any(|p| !p.trouble.warning)
    }

    pub fn problem(&mut self, mut trouble: Trouble, at: Position) {
        if self.is_enough() {
            return;
        }
        let (line, column) = (at.line().unwrap_or(0), at.position().unwrap_or(1).max(1));
        let text = self.texts.get(&self.file).map_or("", String::as_str);
        let source = text.lines().nth(line.wrapping_sub(1)).unwrap_or("");
        let length = source::span(source, column);
        let span = trouble.settle(
            text,
            Span {
                line,
                column,
                length,
            },
        );
        self.mark(trouble, span);
    }

    /// A problem with the characters that are wrong.
    pub fn mark(&mut self, trouble: Trouble, span: Span) {
        if self.is_enough() {
            return;
        }
        let text = self.texts.get(&self.file);
        let source = text.and_then(|text| text.lines().nth(span.line.checked_sub(1)?));
        // What nobody wrote by hand is not shown either.
        let source = source.filter(|source| source.len() <= limits::SHOWN);
        let problem = Problem {
            trouble,
            file: self.file.clone(),
            line: span.line,
            column: span.column,
            length: span.length,
            source: source.unwrap_or("").into(),
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Remembers what a statement would have declared, had it not failed.
    pub fn break_off(&mut self, statement: &source::Statement) {
        self.broken.extend(source::declared(statement));
        if source::meant(statement) == Some("group") {
            self.group_of.entry(self.file.clone()).or_insert(0);
        }
        if source::declares_indicator(statement) {
            self.latest.remove(&self.file);
            self.without.insert(self.file.clone());
        }
    }

    /// Notes where something was declared.
    pub fn note_first(&mut self, name: &str, at: Position) {
        let place = format!("{}:{}", self.file, at.line().unwrap_or(0));
        self.first.entry(name.into()).or_insert(place);
    }

    /// Says where something of that name was declared first.
    pub fn declared_first(&self, trouble: Trouble, name: &str) -> Trouble {
        match self.first.get(name) {
            Some(place) => trouble.exists(
                format!("先在 {place} 声明"),
                format!("first declared at {place}"),
            ),
            None => trouble,
        }
    }

    /// Gives a thing its names.
    pub fn declare(&mut self, names: &[String], named: Named, at: Position) -> words::Answer<()> {
        self.named_at.insert(named, (self.file.clone(), at));
        for name in names.iter().filter(|name| !name.is_empty()) {
            if crate::check::Outcome::ALL.iter().any(|o| o.word() == name) {
                let trouble = Trouble::new(
                    "duplicate",
                    format!("“{name}”已经是一种结果的名称"),
                    format!("“{name}” is the name of an outcome"),
                )
                .advice("换一个名称", "choose another name");
                self.problem(trouble, at);
                continue;
            }
            match self.names.get(name) {
                Some(known) if *known != named => {
                    let trouble = Trouble::new(
                        "duplicate",
                        format!("名称“{name}”已经用过"),
                        format!("the name “{name}” is already taken"),
                    )
                    .marks(format!("\"{name}\""))
                    .advice("换一个名称", "choose another name");
                    let trouble = self.declared_first(trouble, name);
                    self.problem(trouble, at);
                }
                _ => {
                    self.names.insert(name.clone(), named);
                    self.note_first(name, at);
                }
            }
        }
        Ok(())
    }

    /// What a name stands for in a script.
    pub fn value_of(&mut self, name: &str) -> Option<Dynamic> {
        if crate::check::Outcome::ALL
            .iter()
            .any(|outcome| outcome.word() == name)
        {
            return Some(name.into());
        }
        let place = Place {
            file: self.trace.file(&self.file),
            ..Place::default()
        };
        match *self.names.get(name)? {
            Named::Field(index) => {
                let field = self.rulebook.fields.get(index)?;
                let kind = Kind::of_field(field);
                let slots = field.slot..field.slot + field.width() as u32;
                let list = !field.keys.is_empty();
                let mut data: Vec<Datum> = slots
                    .map(|slot| self.trace.slot(slot, kind.clone(), place))
                    .collect();
                if list {
                    return Some(
                        data.into_iter()
                            .map(Dynamic::from)
                            .collect::<rhai::Array>()
                            .into(),
                    );
                }
                let datum = data.pop()?;
                self.trace.called.insert(datum.id, name.into());
                Some(Dynamic::from(datum))
            }
            Named::Parameter(index) => {
                let kind = Kind::of_parameter(self.rulebook.parameters.get(index)?);
                let datum = self.trace.parameter(index as u32, kind, place);
                self.trace.called.insert(datum.id, name.into());
                Some(Dynamic::from(datum))
            }
        }
    }

    /// Every expression that something of the rulebook stands on.
    pub fn roots(&self) -> Vec<Id> {
        let indicators = self.rulebook.indicators.iter();
        let indicators = indicators.flat_map(|i| [Some(i.meets), i.score, i.applies]);
        let checks = self
            .rulebook
            .data_checks
            .iter()
            .map(|check| Some(check.holds));
        let lines = self.rulebook.scheme.lines().into_iter().map(Some);
        indicators.chain(checks).chain(lines).flatten().collect()
    }

    pub fn finish(mut self) -> Result<Compiled, Vec<Problem>> {
        if self.rulebook.standard.id.is_empty() && self.problems.is_empty() {
            let trouble = Trouble::new("no-standard", "没有 standard(…) 声明", "there is no standard(…)")
                .advice(
                    "在 standard.rhai 中写 standard(\"id\", #{ title: …, version: …, document: …, notice: … });",
                    "write standard(\"id\", #{ title: …, version: …, document: …, notice: … }); in standard.rhai",
                );
            self.problems.push(Problem::of_standard(trouble));
        }
        if self.problems.iter().all(|p| p.trouble.warning) {
            analysis::analyse(&mut self);
        }
        self.problems
            .sort_by_key(|p| (p.file != "standard.rhai", p.file.clone(), p.line, p.column));
        if self.problems.iter().any(|p| !p.trouble.warning) {
            return Err(self.problems);
        }
        let roots = self.roots();
        let rulebook = &mut self.rulebook;
        let (graph, now) = self.trace.finish(roots);
        let renew = |id: &mut Id| *id = now.get(id).copied().unwrap_or(*id);
        for indicator in &mut rulebook.indicators {
            renew(&mut indicator.meets);
            indicator.score.as_mut().map(renew);
            indicator.applies.as_mut().map(renew);
            for advice in &mut indicator.advices {
                renew(&mut advice.condition);
            }
        }
        rulebook.scheme.for_each_mut(&mut |id| renew(id));
        rulebook
            .data_checks
            .iter_mut()
            .for_each(|check| renew(&mut check.holds));
        rulebook.graph = graph;
        rulebook.scales = scales(rulebook);
        forget_places(rulebook);
        Ok(Compiled {
            rulebook: self.rulebook,
            examples: self.examples,
            warnings: self.problems,
        })
    }
}

/// The other scales of all units that values are entered in, each unit once.
fn scales(rulebook: &Rulebook) -> Vec<Scale> {
    let units = rulebook.fields.iter().map(|field| &field.unit);
    let units: BTreeSet<&String> = units
        .chain(rulebook.parameters.iter().map(|line| &line.unit))
        .collect();
    let scale = |unit: &String| {
        let all = crate::unit::scales(unit).into_iter();
        let scale = |(name, factor): (&str, Number)| Scale {
            unit: unit.clone(),
            name: name.into(),
            factor,
        };
        all.map(scale).collect::<Vec<_>>()
    };
    units.into_iter().flat_map(scale).collect()
}

/// Leaves the places of those nodes that a reason names; any other node takes that of the node before
/// it, which costs nothing in a rulebook's bytes.
fn forget_places(rulebook: &mut Rulebook) {
    let graph = &mut rulebook.graph;
    let mut told = vec![false; graph.nodes.len()];
    let tell = |told: &mut Vec<bool>, id: Id| {
        if let Some(told) = told.get_mut(id.0 as usize) {
            *told = true;
        }
    };
    for indicator in &rulebook.indicators {
        for root in [Some(indicator.meets), indicator.applies]
            .into_iter()
            .flatten()
        {
            tell(&mut told, root);
        }
    }
    // Parts come before what they are parts of.
    for (index, node) in graph.nodes.iter().enumerate().rev() {
        match node {
            Node::All(_)
            | Node::Any(_)
            | Node::None(_)
            | Node::AtLeast(..)
            | Node::Not(_)
            | Node::When(..)
                if told.get(index) == Some(&true) =>
            {
                node.for_each(&mut |part| tell(&mut told, part));
            }
            // The condition of a choice between numbers.
            Node::When(condition, ..) => tell(&mut told, *condition),
            _ => {}
        }
    }
    let mut last = Place::default();
    for (place, told) in graph.places.iter_mut().zip(told) {
        match told {
            true => last = *place,
            false => *place = last,
        }
    }
}
