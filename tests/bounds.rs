//! Bounds: what a stranger sends costs no more than it may, however entangled, long or wrong it is.
//!
//! Each of these took minutes or gigabytes once. What is found by chance is in `fuzz/`.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::check::{Outcome, Prepared, Session, check};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given, read};
use duibiao::number::Number;
use duibiao::record::{json, recheck, recorded};
use duibiao::report::{Lang, report};
use duibiao::rulebook::{Constant, Id, Node, Order, Place, Rulebook, Unreadable, ZeroPolicy};
use probe::{compiled, standard};
use std::rc::Rc;

fn as_of() -> Date {
    Date::new(2024, 1, 1).unwrap()
}

fn small() -> Rulebook {
    standard(
        "",
        r#"group("组"); field("数", #{ id: "n" }); indicator("A-1", #{ title: "标", advice: "改", meets: 数 >= 1 });"#,
    )
}

fn push(rulebook: &mut Rulebook, node: Node) -> Id {
    rulebook.graph.nodes.push(node);
    rulebook.graph.units.push(0);
    rulebook.graph.places.push(Place::default());
    Id(rulebook.graph.nodes.len() as u32 - 1)
}

/// The condition that a node is at least nothing.
fn judge(rulebook: &mut Rulebook, node: Id) {
    let zero = push(rulebook, Node::Constant(Constant::Number(Number::ZERO)));
    rulebook.indicators[0].meets = push(rulebook, Node::Compare(Order::AtLeast, node, zero));
}

fn entry(items: &[(&str, &str)]) -> Entry {
    let item = |(name, text): &(&str, &str)| (name.to_string(), Given::Text(text.to_string()));
    Entry {
        fields: items.iter().map(item).collect(),
        ..Entry::default()
    }
}

#[test]
fn what_is_shared_many_times_does_not_unfold() {
    for shape in [Node::Sum, Node::All] {
        let mut rulebook = small();
        let mut last = Id(0);
        for _ in 0..4 {
            last = push(&mut rulebook, shape(vec![last; 2_000]));
        }
        judge(&mut rulebook, last);
        let told = report(&rulebook, "", &entry(&[("n", "1")]), as_of(), Lang::Zh);
        let length = serde_json::to_string(&told).unwrap().len();
        assert!(length < 4_000_000, "{length}");
    }
}

/// As many binary digits as a number may have.
fn long(seed: i64) -> Number {
    let mut number = Number::from(seed);
    while let Some(square) = number.checked_mul(&number) {
        number = square;
    }
    Number::ONE.checked_div(&number).unwrap()
}

#[test]
fn long_numbers_are_reckoned_with_for_a_while_only() {
    let mut rulebook = small();
    let [a, b] =
        [3, 7].map(|seed| push(&mut rulebook, Node::Constant(Constant::Number(long(seed)))));
    let sum = push(&mut rulebook, Node::Sum([a, b].repeat(2)));
    judge(&mut rulebook, sum);
    let reading = read(&rulebook, &entry(&[("n", "1")]));
    let of = |rulebook: &Rulebook| check(rulebook, &reading, as_of()).findings[0].outcome;
    assert_eq!(of(&rulebook), Outcome::Invalid, "too long to hold");
    // Each comparison is of the longest numbers; 100,000 of them would take many seconds.
    let equal = push(&mut rulebook, Node::Compare(Order::Unequal, a, b));
    rulebook.indicators[0].meets = equal;
    assert_eq!(of(&rulebook), Outcome::Met);
    // How far the full evaluation gets depends on the data, so no other judges these.
    let prepared = Prepared::new(&rulebook, &reading, as_of());
    assert!(!prepared.judge(&rulebook, &mut prepared.row(&reading)));
    let session = Session::new(Rc::new(rulebook.clone()), reading.clone(), as_of());
    assert_eq!(session.findings()[0].outcome, Outcome::Met);
    for _ in 0..100_000 {
        push(&mut rulebook, Node::Compare(Order::Unequal, a, b));
    }
    rulebook.indicators[0].meets = push(&mut rulebook, Node::Compare(Order::Unequal, a, b));
    assert_eq!(of(&rulebook), Outcome::Invalid, "beyond what may be spent");
}

#[test]
fn what_is_beyond_the_fast_evaluation_is_left_to_the_full_one() {
    let fields = ["a", "b", "c", "d"].map(|id| format!(r#"field("{id}{id}", #{{ id: "{id}" }});"#));
    let rules =
        r#"indicator("A-1", #{ title: "标", advice: "改", meets: aa + bb + cc + dd >= 1 });"#;
    let plain = standard("", &["group(\"组\");", &fields.concat(), rules].concat());
    let none = ZeroPolicy::NotApplicable;
    let long = "9".repeat(390);
    let reading = read(&plain, &entry(&[("a", &long), ("b", "2"), ("c", "0")]));
    for case in 0..3 {
        let mut rulebook = plain.clone();
        let mut node = |node: Node| push(&mut rulebook, node);
        let [a, b, c] = [0, 1, 2].map(|slot| node(Node::Slot(slot)));
        let square = node(Node::Product(a, a));
        let (fourth, zero) = (
            node(Node::Product(square, square)),
            node(Node::Difference(a, a)),
        );
        // Neither has a meaning; the fast evaluation knows it of the first only.
        let [first, second] = [c, zero].map(|below| node(Node::Quotient(b, below, none)));
        let [one, two] = [first, second].map(|share| node(Node::Compare(Order::AtLeast, share, b)));
        let (meets, expected) = match case {
            // Whatever the condition, it is invalid: too large, or divided by nothing.
            0 => {
                let invalid = node(Node::Quotient(b, c, ZeroPolicy::Invalid));
                let missing = node(Node::Slot(3));
                let when = node(Node::When(missing, fourth, invalid));
                (
                    node(Node::Compare(Order::AtLeast, when, b)),
                    Outcome::Invalid,
                )
            }
            1 => (
                node(Node::AtLeast(2, vec![one, two])),
                Outcome::NotApplicable,
            ),
            _ => (
                node(Node::Compare(Order::AtLeast, first, second)),
                Outcome::NotApplicable,
            ),
        };
        rulebook.indicators[0].meets = meets;
        let full = check(&rulebook, &reading, as_of()).findings;
        assert_eq!(full[0].outcome, expected, "{case}");
        let prepared = Prepared::new(&rulebook, &reading, as_of());
        let mut row = prepared.row(&reading);
        if prepared.judge(&rulebook, &mut row) {
            assert_eq!(row.findings[0].outcome, expected, "{case}");
        }
        let session = Session::new(Rc::new(rulebook), reading.clone(), as_of());
        assert_eq!(session.findings(), full, "{case}");
    }
}

#[test]
fn names_are_proposed_for_the_first_problems_only() {
    let rulebook = small();
    let mut entry = Entry::default();
    for n in 0..5_000 {
        entry.fields.push((format!("nn{n}"), Given::Empty));
    }
    entry.fields.push(("n".repeat(4_000_000), Given::Empty));
    let problems = read(&rulebook, &entry).problems;
    assert_eq!(problems.len(), 5_001);
    assert!(
        problems
            .iter()
            .filter(|problem| problem.like.is_some())
            .count()
            <= 100
    );
}

#[test]
fn very_many_problems_are_not_all_told() {
    let rules = format!("group(\"组\"); x = {};", "，".repeat(30_000));
    let problems = compiled(rules).unwrap_err();
    assert!((2..=1_000).contains(&problems.len()), "{}", problems.len());
    assert!(problems.iter().all(|problem| problem.source.len() <= 4_000));
}

#[test]
fn a_rulebook_that_would_take_too_long_is_refused() {
    let refused = |change: &dyn Fn(&mut Rulebook)| {
        let mut rulebook = small();
        change(&mut rulebook);
        Rulebook::from_bytes(&rulebook.to_bytes()) == Err(Unreadable::Damaged)
    };
    assert!(!refused(&|_| {}));
    assert!(refused(&|r| r.fields[0].digits = 31));
    assert!(refused(&|r| {
        let chapter = r.chapters[0].clone();
        r.chapters.extend(vec![chapter; 1_024]);
    }));
    // What conditions stand on, all together.
    let entangled = |many: usize| {
        refused(&|r| {
            let wide = push(r, Node::Sum(vec![Id(0); 4_000]));
            judge(r, wide);
            let indicator = r.indicators[0].clone();
            r.indicators.extend(vec![indicator; many]);
        })
    };
    assert!(!entangled(500) && entangled(1_500));
}

#[test]
fn a_report_with_the_longest_numbers_can_be_checked_again() {
    let mut rulebook = small();
    rulebook.indicators[0].points = long(3);
    let told = report(
        &rulebook,
        "sha256:x",
        &entry(&[("n", "1")]),
        as_of(),
        Lang::Zh,
    );
    let written = serde_json::to_string(&told).unwrap();
    assert!(told.findings[0].of.len() > 400);
    let again = recorded(json(&written).unwrap()).unwrap_or_else(|why| panic!("{}", why.en));
    assert!(recheck(&again, &rulebook, "sha256:x").holds);
}
