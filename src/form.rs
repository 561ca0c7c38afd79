//! What a form needs to know of a standard: chapters, groups, fields, parameters and
//! indicators, as plain data.

use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{
    Chapter, Field, Group, Indicator, Node, Parameter, ParameterValue, Phase, Rulebook, Veto,
};
use crate::{explain, wording};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// A standard, as forms see it; `wasm.d.ts` says what each part is.
#[derive(Clone, Debug, Serialize)]
pub struct Form<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    digest: &'a str,
    notice: &'a str,
    document: &'a str,
    issuer: &'a str,
    chapters: Each<'a, Chapter, FormChapter<'a>>,
    phases: Each<'a, Phase, FormPhase<'a>>,
    groups: Each<'a, Group, FormGroup<'a>>,
    fields: Each<'a, Field, FormField<'a>>,
    parameters: Each<'a, Parameter, FormParameter<'a>>,
    indicators: Each<'a, Indicator, FormIndicator<'a>>,
}

/// A list whose items are made while it is written.
#[derive(Clone, Debug)]
struct Each<'a, T, U> {
    rulebook: &'a Rulebook,
    items: &'a [T],
    make: fn(&'a Rulebook, &'a T) -> U,
}

impl<T, U: Serialize> Serialize for Each<'_, T, U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in self.items {
            list.serialize_element(&(self.make)(self.rulebook, item))?;
        }
        list.end()
    }
}

#[derive(Clone, Debug, Serialize)]
struct FormChapter<'a> {
    id: &'a str,
    title: &'a str,
    clause: &'a str,
}

#[derive(Clone, Debug, Serialize)]
struct FormPhase<'a> {
    id: &'a str,
    title: &'a str,
    from: String,
    to: String,
    task: &'a str,
}

#[derive(Clone, Debug, Serialize)]
struct FormGroup<'a> {
    id: &'a str,
    title: &'a str,
    chapter: &'a str,
}

#[derive(Clone, Debug, Serialize)]
struct FormField<'a> {
    id: &'a str,
    name: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<String>,
    help: &'a str,
    group: &'a str,
    department: &'a str,
    evidence: &'a str,
    keys: &'a [String],
    choices: &'a [String],
    given: bool,
    record: bool,
}

#[derive(Clone, Debug, Serialize)]
struct FormParameter<'a> {
    id: &'a str,
    label: &'a str,
    unit: &'a str,
    choices: &'a [String],
    note: &'a str,
    values: Each<'a, ParameterValue, FormValue<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct FormValue<'a> {
    value: String,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    clause: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
    confidence: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct FormIndicator<'a> {
    id: &'a str,
    title: &'a str,
    chapter: &'a str,
    group: &'a str,
    clause: &'a str,
    quote: &'a str,
    department: &'a str,
    points: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    veto: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<String>,
    evidence: &'a str,
    formula: String,
    fields: Vec<&'a str>,
    parameters: Vec<&'a str>,
    advice: &'a str,
    note: &'a str,
}

/// What a form needs; `digest` is that of the rulebook's bytes.
pub fn form<'a>(rulebook: &'a Rulebook, digest: &'a str) -> Form<'a> {
    let standard = &rulebook.standard;
    Form {
        id: &standard.id,
        title: &standard.title,
        version: &standard.version,
        digest,
        notice: &standard.notice,
        document: &standard.document,
        issuer: &standard.issuer,
        chapters: each(rulebook, &rulebook.chapters, |_, c| FormChapter {
            id: &c.id,
            title: &c.title,
            clause: &c.clause,
        }),
        phases: each(rulebook, &rulebook.phases, |_, p| FormPhase {
            id: &p.id,
            title: &p.title,
            from: p.from.iso(),
            to: p.to.iso(),
            task: &p.task,
        }),
        groups: each(rulebook, &rulebook.groups, |rulebook, g| FormGroup {
            id: &g.id,
            title: &g.title,
            chapter: (rulebook.chapters.get(g.chapter as usize)).map_or("", |c| &c.id),
        }),
        fields: each(rulebook, &rulebook.fields, form_field),
        parameters: each(rulebook, &rulebook.parameters, form_parameter),
        indicators: each(rulebook, &rulebook.indicators, form_indicator),
    }
}

const fn each<'a, T, U>(
    rulebook: &'a Rulebook,
    items: &'a [T],
    make: fn(&'a Rulebook, &'a T) -> U,
) -> Each<'a, T, U> {
    Each {
        rulebook,
        items,
        make,
    }
}

fn form_field<'a>(rulebook: &'a Rulebook, field: &'a Field) -> FormField<'a> {
    FormField {
        id: &field.id,
        name: &field.name,
        label: &field.label,
        kind: field.kind.word(),
        unit: &field.unit,
        min: field.min.as_ref().map(Number::exact),
        max: field.max.as_ref().map(Number::exact),
        help: &field.help,
        group: rulebook
            .groups
            .get(field.group as usize)
            .map_or("", |g| g.id.as_str()),
        department: &field.department,
        evidence: &field.evidence,
        keys: &field.keys,
        choices: &field.choices,
        given: field.given,
        record: field.record,
    }
}

fn form_parameter<'a>(rulebook: &'a Rulebook, parameter: &'a Parameter) -> FormParameter<'a> {
    FormParameter {
        id: &parameter.id,
        label: &parameter.label,
        unit: &parameter.unit,
        choices: &parameter.choices,
        note: &parameter.note,
        values: each(rulebook, &parameter.values, |_, v| FormValue {
            value: explain::reason::constant(&v.value),
            from: v.from.iso(),
            to: v.to.map(Date::iso),
            source: &v.source,
            clause: &v.clause,
            url: &v.url,
            confidence: v.confidence.word(),
        }),
    }
}

fn form_indicator<'a>(rulebook: &'a Rulebook, indicator: &'a Indicator) -> FormIndicator<'a> {
    let graph = &rulebook.graph;
    let (mut fields, mut parameters) = (Vec::new(), Vec::new());
    for root in &[Some(indicator.meets), indicator.score, indicator.applies] {
        for id in root.map_or_else(Vec::new, |root| graph.support(root)) {
            let (found, id) = match graph.node(id) {
                Some(Node::Slot(slot) | Node::Filled(slot)) => {
                    let field = rulebook.field_of(*slot);
                    (&mut fields, field.map(|(field, _)| field.id.as_str()))
                }
                Some(Node::Parameter(index)) => {
                    let parameter = rulebook.parameters.get(*index as usize);
                    (&mut parameters, parameter.map(|p| p.id.as_str()))
                }
                _ => continue,
            };
            if let Some(id) = id
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
    }
    FormIndicator {
        id: &indicator.id,
        title: &indicator.title,
        chapter: rulebook
            .chapter_of(indicator.group)
            .map_or("", |c| c.id.as_str()),
        group: rulebook
            .groups
            .get(indicator.group as usize)
            .map_or("", |g| g.id.as_str()),
        clause: &indicator.clause,
        quote: &indicator.quote,
        department: &indicator.department,
        points: indicator.points.exact(),
        kind: indicator.kind.word(),
        veto: indicator.veto.map(|veto| match veto {
            Veto::Fail => "fail",
            Veto::Gate => "gate",
            Veto::Cap(grade) => {
                let grade = rulebook.scheme.grades.get(grade as usize);
                grade.map_or("", |grade| grade.name.as_str())
            }
        }),
        phase: (indicator
            .phase
            .and_then(|phase| rulebook.phases.get(phase as usize)))
        .map(|phase| phase.id.as_str()),
        deadline: indicator.deadline.map(Date::iso),
        evidence: &indicator.evidence,
        formula: wording::formula(rulebook, indicator.meets),
        fields,
        parameters,
        advice: &indicator.advice,
        note: &indicator.note,
    }
}
