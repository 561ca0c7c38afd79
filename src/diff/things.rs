//! A rulebook as a list of things with properties that can be compared.
//!
//! A new property of a rulebook needs a row here, or its changes go untold.

use super::{Change, How, Part};
use crate::explain::reason::constant;
use crate::rulebook::{Absent, Field, Graph, Id, Indicator, Kind, Node, Parameter, Rulebook, Veto};
use crate::wording::Text;
use crate::wording::{formula, kind_in_words, labelled, with_unit};
use std::collections::HashMap;

/// The kinds of things, in the order in which they are told.
pub const KINDS: [(&str, &str, &str); 8] = [
    ("standard", "标准", "standard"),
    ("chapter", "章", "chapters"),
    ("phase", "阶段", "phases"),
    ("scheme", "计分", "scheme"),
    ("indicator", "指标", "indicators"),
    ("parameter", "线", "parameters"),
    ("field", "字段", "fields"),
    ("data_check", "数据要求", "data checks"),
];

/// Something that a standard declares.
#[derive(Clone, Debug)]
pub struct Thing {
    pub of: &'static str,
    pub id: String,
    pub title: String,
    pub properties: Vec<Property>,
}

/// A property of a thing.
#[derive(Clone, Debug)]
pub struct Property {
    pub name: Text,
    /// As people read it.
    pub shown: String,
    /// The same exactly if the property is the same.
    pub same: String,
    pub judges: bool,
    pub part: Part,
}

impl Thing {
    fn new(of: &'static str, id: &str, title: &str) -> Self {
        Self {
            of,
            id: id.into(),
            title: title.into(),
            properties: Vec::new(),
        }
    }

    pub fn is_same(&self, other: &Self) -> bool {
        (self.of, &self.id) == (other.of, &other.id)
    }

    /// The change of a thing as a whole.
    pub fn change(&self, how: How) -> Change {
        Change {
            of: self.of,
            id: self.id.clone(),
            title: self.title.clone(),
            how,
            what: Text::default(),
            from: String::new(),
            to: String::new(),
            judges: matches!(self.of, "indicator" | "data_check" | "parameter" | "scheme"),
            part: Part::Rules,
        }
    }

    /// A property that is only read by people.
    fn text(&mut self, zh: &str, en: &str, shown: &str) {
        self.property(Text::new(zh, en), shown.into(), shown.into(), None);
    }

    /// A property that takes part in judging.
    fn judged(&mut self, zh: &str, en: &str, shown: String) {
        self.property(Text::new(zh, en), shown.clone(), shown, Some(Part::Rules));
    }

    /// What a line is, or until when.
    fn value(&mut self, zh: &str, en: &str, shown: String) {
        self.property(
            Text::new(zh, en),
            shown.clone(),
            shown,
            Some(Part::Parameters),
        );
    }

    /// `judged_by`: the part of a check by which it can turn a verdict.
    fn property(&mut self, name: Text, shown: String, same: String, judged_by: Option<Part>) {
        if !shown.is_empty() {
            self.properties.push(Property {
                name,
                shown,
                same,
                judges: judged_by.is_some(),
                part: judged_by.unwrap_or(Part::Rules),
            });
        }
    }
}

/// Expressions of both rulebooks by what they compute.
#[derive(Default)]
struct Classes {
    known: HashMap<String, u32>,
}

impl Classes {
    /// The class of each node: two nodes have the same class if they compute the same from the same names.
    fn of(&mut self, rulebook: &Rulebook) -> Vec<u32> {
        let Graph { nodes, .. } = &rulebook.graph;
        let mut classes: Vec<u32> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let key = match node {
                Node::Slot(slot) => format!("slot {}", rulebook.slot_id(*slot)),
                Node::Filled(slot) => format!("filled {}", rulebook.slot_id(*slot)),
                Node::Parameter(index) => {
                    let parameter = rulebook.parameters.get(*index as usize);
                    format!("parameter {}", parameter.map_or("", |p| p.id.as_str()))
                }
                node => {
                    let mut node = node.clone();
                    node.for_each_mut(&mut |part| {
                        *part = Id(classes.get(part.0 as usize).copied().unwrap_or(u32::MAX));
                    });
                    format!("{node:?}")
                }
            };
            let next = self.known.len() as u32;
            classes.push(*self.known.entry(key).or_insert(next));
        }
        classes
    }
}

/// The things of both rulebooks.
pub fn things(old: &Rulebook, new: &Rulebook) -> (Vec<Thing>, Vec<Thing>) {
    let mut classes = Classes::default();
    let (before, after) = (classes.of(old), classes.of(new));
    (
        Reader {
            rulebook: old,
            classes: &before,
        }
        .things(),
        Reader {
            rulebook: new,
            classes: &after,
        }
        .things(),
    )
}

struct Reader<'a> {
    rulebook: &'a Rulebook,
    classes: &'a [u32],
}

impl Reader<'_> {
    fn things(&self) -> Vec<Thing> {
        let rulebook = self.rulebook;
        let mut all = vec![self.standard()];
        for chapter in &rulebook.chapters {
            let mut thing = Thing::new("chapter", &chapter.id, &chapter.title);
            thing.text("标题", "title", &chapter.title);
            thing.text("条款", "clause", &chapter.clause);
            all.push(thing);
        }
        for phase in &rulebook.phases {
            let mut thing = Thing::new("phase", &phase.id, &phase.title);
            thing.text("标题", "title", &phase.title);
            thing.judged("开始", "first day", phase.from.iso());
            thing.judged("结束", "last day", phase.to.iso());
            thing.text("任务", "task", &phase.task);
            all.push(thing);
        }
        all.push(self.scheme());
        all.extend(rulebook.indicators.iter().map(|i| self.indicator(i)));
        all.extend(rulebook.parameters.iter().map(parameter));
        all.extend(rulebook.fields.iter().map(|field| self.field(field)));
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for check in &rulebook.data_checks {
            let count = seen.entry(&check.message).or_default();
            *count += 1;
            let id = match *count {
                1 => check.message.clone(),
                count => format!("{}（{count}）", check.message),
            };
            let mut thing = Thing::new("data_check", &id, "");
            self.expression(&mut thing, "条件", "condition", Some(check.holds));
            let severity = if check.error {
                "数据有误"
            } else {
                "仅提醒"
            };
            thing.judged("不成立时", "severity", severity.into());
            all.push(thing);
        }
        all
    }

    /// An expression as a property.
    fn expression(&self, thing: &mut Thing, zh: &str, en: &str, root: Option<Id>) {
        let Some(root) = root else { return };
        let class = self
            .classes
            .get(root.0 as usize)
            .copied()
            .unwrap_or(u32::MAX);
        let shown = formula(self.rulebook, root);
        thing.property(
            Text::new(zh, en),
            shown,
            class.to_string(),
            Some(Part::Rules),
        );
    }

    fn standard(&self) -> Thing {
        let standard = &self.rulebook.standard;
        let mut thing = Thing::new("standard", "", &standard.title);
        for (zh, en, text) in [
            ("编号", "id", &standard.id),
            ("标题", "title", &standard.title),
            ("版本", "version", &standard.version),
            ("依据文件", "document", &standard.document),
            ("发布机关", "issuer", &standard.issuer),
            ("声明", "notice", &standard.notice),
        ] {
            thing.text(zh, en, text);
        }
        thing
    }

    fn scheme(&self) -> Thing {
        let scheme = &self.rulebook.scheme;
        let mut thing = Thing::new("scheme", "", "");
        for (zh, en, line) in [
            ("总分", "full", scheme.full),
            ("达标线", "pass", scheme.pass),
            ("每章下限", "chapter_floor", scheme.chapter_floor),
            ("不涉及的得分率", "mean", scheme.mean),
            ("加分上限", "bonus_cap", scheme.bonus_cap),
            ("扣分上限", "penalty_cap", scheme.penalty_cap),
            ("失分预警", "warn_loss", scheme.warn_loss),
        ] {
            self.expression(&mut thing, zh, en, line);
        }
        let absent = Absent::WORDS
            .iter()
            .find(|(_, absent)| *absent == scheme.absent);
        let absent = absent.map_or("", |(word, _)| word);
        thing.judged("不涉及的", "not_applicable", absent.into());
        for (chapter, weight) in self.rulebook.chapters.iter().zip(&scheme.weights) {
            let (zh, en) = (
                format!("{}的权重", chapter.title),
                format!("weight of {}", chapter.id),
            );
            thing.judged(&zh, &en, format!("{weight}%"));
        }
        for grade in &scheme.grades {
            let (zh, en) = (
                format!("等次“{}”", grade.name),
                format!("grade {}", grade.name),
            );
            self.expression(&mut thing, &zh, &en, Some(grade.from));
        }
        thing
    }

    fn indicator(&self, indicator: &Indicator) -> Thing {
        let rulebook = self.rulebook;
        let mut thing = Thing::new("indicator", &indicator.id, &indicator.title);
        thing.text("标题", "title", &indicator.title);
        let chapter = rulebook.chapter_of(indicator.group);
        thing.text("章", "chapter", chapter.map_or("", |c| c.id.as_str()));
        let group = rulebook.groups.get(indicator.group as usize);
        thing.text("组", "group", group.map_or("", |g| g.title.as_str()));
        thing.judged("分值", "points", indicator.points.to_string());
        let kind = Kind::WORDS.iter().find(|(_, kind)| *kind == indicator.kind);
        thing.judged("计分种类", "kind", kind.map_or("", |(word, _)| word).into());
        self.expression(&mut thing, "要求", "condition", Some(indicator.meets));
        self.expression(&mut thing, "适用条件", "applies", indicator.applies);
        self.expression(&mut thing, "得分", "score", indicator.score);
        let veto = match indicator.veto {
            None => "",
            Some(Veto::Fail) => "一票否决",
            Some(Veto::Gate) => "不得申报",
            Some(Veto::Cap(grade)) => {
                let grade = rulebook.scheme.grades.get(grade as usize);
                grade.map_or("", |grade| grade.name.as_str())
            }
        };
        thing.judged("否决", "veto", veto.into());
        let phase = indicator
            .phase
            .and_then(|p| rulebook.phases.get(p as usize));
        thing.text("阶段", "phase", phase.map_or("", |p| p.title.as_str()));
        let deadline = indicator.deadline.map(crate::date::Date::iso);
        thing.judged("时限", "deadline", deadline.unwrap_or_default());
        let given = indicator
            .given
            .iter()
            .filter_map(|f| rulebook.fields.get(*f as usize));
        let given: Vec<&str> = given.map(|field| field.name.as_str()).collect();
        thing.text("不作为改进手段", "given", &given.join("、"));
        for (zh, en, text) in [
            ("条款", "clause", &indicator.clause),
            ("原文", "quote", &indicator.quote),
            ("责任部门", "department", &indicator.department),
            ("佐证材料", "evidence", &indicator.evidence),
            ("建议", "advice", &labelled(rulebook, &indicator.advice)),
            ("说明", "note", &indicator.note),
        ] {
            thing.text(zh, en, text);
        }
        for advice in &indicator.advices {
            let condition = formula(rulebook, advice.condition);
            let (zh, en) = (
                format!("不满足“{condition}”时的建议"),
                format!("advice without {condition}"),
            );
            thing.text(&zh, &en, &labelled(rulebook, &advice.text));
        }
        thing
    }

    fn field(&self, field: &Field) -> Thing {
        let mut thing = Thing::new("field", &field.id, &field.label);
        thing.text("名称", "name", &field.name);
        thing.text("全称", "label", &field.label);
        thing.judged("类型", "type", kind_in_words(field));
        thing.judged("单位", "unit", field.unit.clone());
        let limit = |limit: &Option<crate::number::Number>| {
            let limit = limit
                .as_ref()
                .map(|number| with_unit(&number.exact(), &field.unit));
            limit.unwrap_or_default()
        };
        thing.judged("最小值", "min", limit(&field.min));
        thing.judged("最大值", "max", limit(&field.max));
        thing.text("小数位数", "digits", &field.digits.to_string());
        thing.judged("逐个填写", "keys", field.keys.join("、"));
        let yes = |yes: bool| if yes { "是" } else { "" };
        thing.text("既定事实", "given", yes(field.given));
        thing.text("只记录", "record", yes(field.record));
        let group = self.rulebook.groups.get(field.group as usize);
        thing.text("组", "group", group.map_or("", |g| g.title.as_str()));
        for (zh, en, text) in [
            ("怎样填", "help", &field.help),
            ("填报部门", "department", &field.department),
            ("佐证材料", "evidence", &field.evidence),
        ] {
            thing.text(zh, en, text);
        }
        thing
    }
}

fn parameter(parameter: &Parameter) -> Thing {
    let mut thing = Thing::new("parameter", &parameter.id, &parameter.label);
    thing.text("名称", "label", &parameter.label);
    thing.judged("单位", "unit", parameter.unit.clone());
    thing.judged("可用的词", "choices", parameter.choices.join("、"));
    thing.text("说明", "note", &parameter.note);
    for value in &parameter.values {
        let from = value.from.iso();
        let shown = with_unit(&constant(&value.value), &parameter.unit);
        thing.value(
            &format!("{from} 起的值"),
            &format!("value from {from}"),
            shown,
        );
        let to = value.to.map(crate::date::Date::iso).unwrap_or_default();
        thing.value(
            &format!("{from} 起的值止于"),
            &format!("last day of the value from {from}"),
            to,
        );
        for (zh, en, text) in [
            ("出处", "source", value.source.as_str()),
            ("条款", "clause", &value.clause),
            ("网址", "url", &value.url),
            ("可信度", "confidence", value.confidence.word()),
        ] {
            thing.text(
                &format!("{from} 起的值的{zh}"),
                &format!("{en} of the value from {from}"),
                text,
            );
        }
    }
    thing
}
