//! Random expressions of the rule language, as authors would write them: numbers of some
//! dimension, conditions, and what an indicator is made of.
//!
//! They name the fields and parameters that `random` declares.

use crate::tape::Tape;

/// What is measured; only like can be added and compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dimension {
    Bare,
    Things,
    Share,
    Area,
    Density,
    Days,
    Years,
}

use Dimension::{Area, Bare, Days, Density, Share, Things, Years};

/// An indicator as it is written, in parts that can be run one by one.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub points: i64,
    pub value: String,
    /// With `v` for the value.
    pub meets: String,
    pub score: Option<Score>,
    pub applies: Option<String>,
    pub digits: Option<u32>,
    /// Further options, which no single finding depends on.
    pub options: String,
    /// One comparison of one ratio: a zero denominator decides it all.
    pub plain_ratio: bool,
}

#[derive(Clone, Debug)]
pub enum Score {
    /// A scoring word with its options.
    Word(String),
    /// A number, with `v` for the value.
    Formula(String),
}

impl Rule {
    pub fn text(&self) -> String {
        let score = match &self.score {
            None => String::new(),
            Some(Score::Word(word)) => format!(", score: {word}"),
            Some(Score::Formula(formula)) => format!(", score: |v| {formula}"),
        };
        let applies = self.applies.as_ref();
        let applies = applies.map_or(String::new(), |text| format!(", applies: {text}"));
        let digits = self.digits;
        let digits = digits.map_or(String::new(), |digits| format!(", digits: {digits}"));
        format!(
            "indicator(\"{}\", #{{ title: \"标\", advice: \"改\", points: {}, value: {}, meets: |v| {}{score}{applies}{digits}{} }});",
            self.id, self.points, self.value, self.meets, self.options
        )
    }
}

pub struct Writer<'a, 't> {
    pub tape: &'t mut Tape<'a>,
    /// `v` stands for a value of this dimension.
    pub value: Option<Dimension>,
    /// Whether `filled` may be used: it alone takes what is missing for an answer.
    pub filled: bool,
}

const DATES: [&str; 6] = [
    "2023-06-30",
    "2023-12-31",
    "2024-01-01",
    "2024-02-29",
    "2024-05",
    "2021-02-28",
];

const ORDERS: [&str; 6] = [">=", ">", "<=", "<", "==", "!="];

impl Writer<'_, '_> {
    fn pick(&mut self, all: &[&str]) -> String {
        self.tape.pick(all).into()
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self) -> String) -> String {
        let count = 1 + self.tape.below(3);
        let items: Vec<String> = (0..=count).map(|_| item(self)).collect();
        format!("[{}]", items.join(", "))
    }

    /// A number that is written down.
    fn literal(&mut self, dimension: Dimension) -> String {
        let all: &[&str] = match dimension {
            Share => &["50", "90", "25", "33.3", "100", "0", "66.67", "10"],
            Density | Bare => &["1", "0.5", "2", "3", "1.25", "0"],
            Days => &["30", "0", "184", "366", "365", "-1"],
            Years => &["1", "2", "0", "3"],
            Things | Area => &["5", "1", "3", "8", "2.5", "10", "0", "-2"],
        };
        self.pick(all)
    }

    /// A line: a literal or a parameter.
    fn line(&mut self, dimension: Dimension) -> String {
        if self.tape.below(3) < 2 {
            return self.literal(dimension);
        }
        match dimension {
            Share => "线率".into(),
            Density => "线密".into(),
            Area => "线面".into(),
            Things => "线数".into(),
            _ => self.literal(dimension),
        }
    }

    fn leaf(&mut self, dimension: Dimension) -> String {
        if self.value == Some(dimension) && self.tape.below(2) == 0 {
            return "v".into();
        }
        match dimension {
            Bare => self.pick(&["数一", "数二"]),
            Things => self.pick(&["件一", "件二", "各件.key(\"东\")", "各件.key(\"西\")"]),
            Share => self.pick(&["率一", "率二", "各率.key(\"东\")", "线率"]),
            Area => self.pick(&["面一", "面二", "f_area_3"]),
            Density => "(件一 / 面一)".into(),
            Days => {
                let dates = (self.date(0), self.date(0));
                format!("days_between({}, {})", dates.0, dates.1)
            }
            Years => {
                let dates = (self.date(0), self.date(0));
                format!("years_between({}, {})", dates.0, dates.1)
            }
        }
    }

    /// Two numbers of one dimension.
    fn two(&mut self, dimension: Dimension, depth: usize) -> (String, String) {
        let depth = depth.saturating_sub(1);
        (self.number(dimension, depth), self.number(dimension, depth))
    }

    fn ratio(&mut self, word: &str, depth: usize) -> String {
        let of = self.tape.pick(&[Things, Area, Bare]);
        let (a, b) = self.two(of, depth);
        let zero = self
            .tape
            .pick(&["", "", "met", "missing", "not_applicable", "invalid"]);
        match zero {
            "" => format!("{word}({a}, {b})"),
            zero => format!("{word}({a}, {b}, #{{ zero: \"{zero}\" }})"),
        }
    }

    fn number(&mut self, dimension: Dimension, depth: usize) -> String {
        if depth == 0 || self.tape.once_in(5) {
            return self.leaf(dimension);
        }
        // What is particular to a dimension.
        if self.tape.below(3) == 0 {
            match (dimension, self.tape.below(4)) {
                (Share, 0) => return self.pick(&["min(各率)", "average(各率)"]),
                (Share, _) => return self.ratio("percent", depth),
                (Bare, 0) => return self.ratio("ratio", depth),
                (Bare, 1) => {
                    let of = self.tape.pick(&[Things, Area, Share]);
                    let (a, b) = self.two(of, depth);
                    return format!("({a} / {b})");
                }
                (Bare, 2) => {
                    let list = self.list(|w| w.condition(depth - 1));
                    return format!("count({list})");
                }
                (Area, 0) => {
                    let (a, b) = (self.number(Bare, depth - 1), self.leaf(Area));
                    return format!("({a} * {b})");
                }
                (Density, _) => {
                    let (a, b) = (self.number(Things, depth - 1), self.number(Area, depth - 1));
                    return format!("({a} / {b})");
                }
                (Things, 0) => return self.pick(&["sum(各件)", "max(各件)", "average(各件)"]),
                _ => {}
            }
        }
        match self.tape.below(16) {
            0 => self.leaf(dimension),
            1 => {
                let (a, b) = self.two(dimension, depth);
                format!("({a} + {b})")
            }
            2 if dimension == Share => {
                let (a, b) = (self.number(Share, depth - 1), self.literal(Share));
                format!("({a} - {b})")
            }
            2 => {
                let (a, b) = self.two(dimension, depth);
                format!("({a} - {b})")
            }
            3 => {
                let by = self.pick(&["2", "0.5", "100", "3", "-1"]);
                let a = self.number(dimension, depth - 1);
                match self.tape.below(3) {
                    0 => format!("({a} * {by})"),
                    1 => format!("({by} * {a})"),
                    _ => format!("({a} / {by})"),
                }
            }
            4 => {
                let word = self.pick(&["sum", "average", "min", "max"]);
                let list = self.list(|w| w.number(dimension, depth - 1));
                format!("{word}({list})")
            }
            5 => {
                let word = self.pick(&["min", "max", "sum", "average"]);
                let (a, b) = (self.number(dimension, depth - 1), self.line(dimension));
                format!("{word}({a}, {b})")
            }
            6 | 7 => {
                let word = self.pick(&["abs", "ceil", "floor"]);
                format!("{word}({})", self.number(dimension, depth - 1))
            }
            8 | 9 => {
                let digits = self.tape.below(3);
                format!("round({}, {digits})", self.number(dimension, depth - 1))
            }
            10 => {
                let (a, b) = self.two(dimension, depth);
                let (x, y) = self
                    .tape
                    .pick(&[("40", "60"), ("12.5", "87.5"), ("100", "0")]);
                format!("weighted_average([[{a}, {x}], [{b}, {y}]])")
            }
            11 | 12 => {
                let condition = self.condition(depth - 1);
                let (a, b) = self.two(dimension, depth);
                format!("when({condition}, {a}, {b})")
            }
            // The branch not taken has no say in the unit, so there must be only one.
            13 if !matches!(dimension, Area | Density | Bare) => {
                let condition = self.condition(depth - 1);
                let (a, b) = self.two(dimension, depth);
                format!("(if {condition} {{ {a} }} else {{ {b} }})")
            }
            14 => format!("(-{})", self.number(dimension, depth - 1)),
            _ => self.leaf(dimension),
        }
    }

    fn date(&mut self, depth: usize) -> String {
        if depth > 0 {
            match self.tape.below(4) {
                1 => {
                    let (word, count) = self.tape.pick(&[
                        ("years_after", "1"),
                        ("years_after", "1.5"),
                        ("months_after", "6"),
                        ("months_after", "1"),
                        ("months_after", "-13"),
                    ]);
                    return format!("{word}({}, {count})", self.date(depth - 1));
                }
                2 => {
                    let condition = self.condition(depth - 1);
                    let (a, b) = (self.date(depth - 1), self.date(depth - 1));
                    return format!("when({condition}, {a}, {b})");
                }
                _ => {}
            }
        }
        self.pick(&["日一", "日二", "f_day_2"])
    }

    fn fixed_date(&mut self) -> String {
        let date = self.pick(&DATES);
        match self.tape.below(3) {
            0 => format!("date(\"{date}\")"),
            1 => format!("\"{date}\""),
            _ => "as_of()".into(),
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let dimension = match self.value {
            Some(value) if self.tape.below(2) == 0 => value,
            _ => self
                .tape
                .pick(&[Things, Share, Area, Bare, Density, Days, Years]),
        };
        let order = self.pick(&ORDERS);
        if dimension == Share && self.tape.once_in(4) {
            // Each with its own policy for a zero.
            let (a, b) = (self.ratio("percent", 0), self.ratio("percent", 0));
            return format!("{a} {order} {b}");
        }
        let a = self.number(dimension, depth);
        match self.tape.below(6) {
            0 if dimension != Bare => {
                let b = self.number(dimension, depth);
                format!("{a} {order} {b}")
            }
            1 => format!("{} {order} {a}", self.line(dimension)),
            2 => {
                let (b, c) = (self.line(dimension), self.line(dimension));
                format!("between({a}, {b}, {c})")
            }
            3 if dimension == Share => {
                let b = self.number(Share, 0);
                format!("({a} - {b}) {order} 5")
            }
            4 => {
                let list = self.list(|w| w.literal(dimension));
                format!("one_of({a}, {list})")
            }
            _ => format!("{a} {order} {}", self.line(dimension)),
        }
    }

    pub fn condition(&mut self, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        if depth == 0 || self.tape.below(3) == 0 {
            return match self.tape.below(10) {
                0 => self.pick(&["有一", "有二"]),
                1 => self.pick(&[
                    "等 == \"甲等\"",
                    "等 != \"乙等\"",
                    "等 == 线等",
                    "one_of(等, [\"甲等\", \"丙等\"])",
                ]),
                2 => {
                    let order = self.pick(&ORDERS);
                    format!("{} {order} {}", self.date(depth), self.fixed_date())
                }
                3 => {
                    let order = self.pick(&ORDERS);
                    format!("{} {order} {}", self.date(depth), self.date(0))
                }
                4 => "注 == \"好\"".into(),
                5 if self.filled => {
                    let field = self.pick(&["件一", "注", "日一", "各件.key(\"西\")", "有一"]);
                    format!("filled({field})")
                }
                6 => {
                    let (word, line) = (self.pick(&["all", "any", "none"]), self.line(Things));
                    let order = self.pick(&ORDERS);
                    format!("{word}(各件.map(|x| x {order} {line}))")
                }
                _ => self.comparison(0),
            };
        }
        match self.tape.below(12) {
            0 => format!("({} && {})", self.condition(next), self.condition(next)),
            1 => format!("({} || {})", self.condition(next), self.condition(next)),
            2 => format!("!({})", self.condition(next)),
            3 => {
                let word = self.pick(&["all", "any", "none"]);
                let list = self.list(|w| w.condition(next));
                format!("{word}({list})")
            }
            4 => {
                let list = self.list(|w| w.condition(next));
                let n = 1 + self.tape.below(2);
                format!("at_least({n}, {list})")
            }
            5 => {
                let words = [
                    "not_decreasing",
                    "increasing",
                    "not_increasing",
                    "decreasing",
                ];
                let word = self.pick(&words);
                match self.tape.below(4) {
                    0 => format!("{word}(各件)"),
                    1 => {
                        let dates = self.list(|w| w.date(0));
                        format!("{word}({dates})")
                    }
                    _ => {
                        let of = self.tape.pick(&[Things, Area, Share]);
                        let list = self.list(|w| w.number(of, next));
                        format!("{word}({list})")
                    }
                }
            }
            6 => {
                let list = self.list(|w| w.number(Things, next));
                format!("all(changes({list}).map(|x| x >= 0))")
            }
            7 => {
                let (a, b, c) = (
                    self.condition(next),
                    self.condition(next),
                    self.condition(next),
                );
                if self.tape.below(2) == 0 {
                    format!("when({a}, {b}, {c})")
                } else {
                    format!("(if {a} {{ {b} }} else {{ {c} }})")
                }
            }
            8 => format!("({}) == ({})", self.condition(next), self.condition(next)),
            9 => format!("advise({}, \"改\")", self.condition(next)),
            _ => self.comparison(next),
        }
    }

    pub fn rule(&mut self, id: String) -> Rule {
        let points = self.tape.pick(&[1_i64, 2, 4, 10]);
        let dimension = self
            .tape
            .pick(&[Share, Things, Share, Area, Bare, Density, Days]);
        let plain_ratio = dimension == Share && self.tape.below(3) == 0;
        let value = match plain_ratio {
            true => self.ratio("percent", 0),
            false => self.number(dimension, 3),
        };
        self.value = Some(dimension);
        let meets = match plain_ratio || self.tape.below(2) == 0 {
            true => format!(
                "v {} {}",
                self.pick(&[">=", ">", "<=", "<"]),
                self.literal(dimension)
            ),
            false => self.condition(3),
        };
        let score = self.score(dimension, points, plain_ratio);
        self.value = None;
        let applies = (!plain_ratio && self.tape.once_in(5)).then(|| self.condition(1));
        let digits = self.tape.once_in(4).then(|| self.tape.below(3) as u32);
        Rule {
            id,
            points,
            value,
            meets,
            score,
            applies,
            digits,
            options: String::new(),
            plain_ratio,
        }
    }

    fn score(&mut self, dimension: Dimension, points: i64, plain_ratio: bool) -> Option<Score> {
        Some(match self.tape.below(8) {
            0..=2 => return None,
            3 if plain_ratio => return None,
            3 => {
                // Points have no unit.
                let number = self.number(dimension, 1);
                Score::Formula(format!("ratio({number}, 2)"))
            }
            4 => {
                let (side, line) = (self.pick(&["below", "above"]), self.line(dimension));
                let (step, lose) = (self.pick(&["1", "5", "0.5"]), self.pick(&["0.5", "1"]));
                let mode = self.pick(&[
                    "",
                    ", mode: \"满一档才扣\"",
                    ", mode: \"不足一档按一档扣\"",
                    ", mode: \"按比例扣\"",
                    ", mode: \"linear\"",
                    ", mode: 扣法",
                ]);
                Score::Word(format!(
                    "per_step(#{{ {side}: {line}, step: {step}, lose: {lose}{mode} }})"
                ))
            }
            5 => {
                // A target that is zero would be one more denominator.
                let target = match self.tape.below(3) {
                    0 if !plain_ratio => self.leaf(dimension),
                    _ => self.line(dimension),
                };
                // `v` has no meaning there, and a plain number has to be above zero.
                let target = match target.as_str() {
                    "v" | "0" => "2".into(),
                    below if below.starts_with('-') => "2".into(),
                    _ => target,
                };
                Score::Word(format!("proportional(#{{ target: {target} }})"))
            }
            6 => {
                let least = self.pick(&["", ", least: 0.5"]);
                let lose = self.pick(&["0.5", "1", "0.1"]);
                Score::Word(format!("per_occurrence(#{{ lose: {lose}{least} }})"))
            }
            _ => {
                let half = points as f64 / 2.0;
                let lines = self.tape.pick(&[("8", "3"), ("90", "50"), ("2", "0.5")]);
                let (high, low) = lines;
                Score::Word(match self.tape.below(3) {
                    0 => format!(
                        "bands([#{{ from: {high}, points: {points} }}, #{{ from: {low}, below: {high}, points: {half} }}, #{{ below: {low}, points: 0 }}])"
                    ),
                    1 => format!(
                        "bands([#{{ to: {low}, points: {points} }}, #{{ above: {low}, to: {high}, points: {half} }}, #{{ above: {high}, points: 0 }}])"
                    ),
                    _ => format!(
                        "bands([#{{ above: {high}, points: 0.5 }}, #{{ from: {low}, points: {points} }}, #{{ points: 0 }}])"
                    ),
                })
            }
        })
    }
}
