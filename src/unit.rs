//! Units: what a quantity is measured in, and exact conversion between scales.
//!
//! A unit is a product of powers of base units, and an exact scale. The units of
//! length, area, volume, mass, time and money are known; any other word (个, 座, 辆,
//! 份) is a base unit of its own. `%` and `百分点` are base units too: a share and a
//! difference between shares are compared with their like only.

use crate::number::Number;
use std::collections::BTreeMap;

/// A unit of measurement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unit {
    /// The name as it was written, for people.
    pub name: String,
    scale: Number,
    powers: BTreeMap<String, i32>,
}

/// Names of a unit: how many of which base unit, to which power.
const KNOWN: &[(&str, i64, i64, &str, i32)] = &[
    ("米", 1, 1, "m", 1),
    ("公里", 1000, 1, "m", 1),
    ("千米", 1000, 1, "m", 1),
    ("厘米", 1, 100, "m", 1),
    ("毫米", 1, 1000, "m", 1),
    ("平方米", 1, 1, "m", 2),
    ("㎡", 1, 1, "m", 2),
    ("公顷", 10_000, 1, "m", 2),
    ("亩", 2000, 3, "m", 2),
    ("平方公里", 1_000_000, 1, "m", 2),
    ("平方千米", 1_000_000, 1, "m", 2),
    ("立方米", 1, 1, "m", 3),
    ("升", 1, 1000, "m", 3),
    ("克", 1, 1000, "kg", 1),
    ("千克", 1, 1, "kg", 1),
    ("公斤", 1, 1, "kg", 1),
    ("吨", 1000, 1, "kg", 1),
    ("元", 1, 1, "元", 1),
    ("秒", 1, 1, "s", 1),
    ("分钟", 60, 1, "s", 1),
    ("小时", 3600, 1, "s", 1),
    ("日", 86_400, 1, "s", 1),
    ("天", 86_400, 1, "s", 1),
    ("倍", 1, 1, "", 0),
];

/// Signs for units, as staff write them, and what each stands for.
const SIGNS: &[(&str, &str)] = &[
    ("m", "米"),
    ("km", "公里"),
    ("平米", "平方米"),
    ("m²", "平方米"),
    ("m2", "平方米"),
    ("㎢", "平方公里"),
    ("km²", "平方公里"),
    ("km2", "平方公里"),
    ("m³", "立方米"),
    ("m3", "立方米"),
    ("kg", "千克"),
    ("t", "吨"),
];

/// Units that things are counted in, and others that are no scale of a known one.
const COUNTED: &[&str] = &[
    "个",
    "处",
    "座",
    "条",
    "件",
    "人",
    "户",
    "家",
    "次",
    "项",
    "起",
    "辆",
    "盏",
    "篇",
    "份",
    "位",
    "段",
    "片",
    "台",
    "套",
    "组",
    "名",
    "批",
    "宗",
    "例",
    "场",
    "只",
    "根",
    "株",
    "棵",
    "块",
    "张",
    "本",
    "册",
    "间",
    "栋",
    "幢",
    "层",
    "度",
    "分",
    "级",
    "岁",
    "年",
    "月",
    "周",
    "季度",
    "工作日",
    "学时",
    "课时",
    "人次",
    "户次",
    "家次",
    "车次",
    "班次",
    "趟",
    "点位",
    "路口",
    "小区",
    "街道",
    "社区",
    "村",
    "镇",
    "乡",
    "区",
    "县",
    "市",
    "站",
    "厂",
    "分贝",
    "毫克",
    "微克",
    "千瓦",
    "千瓦时",
    "车位",
    "床位",
    "泊位",
    "%",
    "‰",
    "百分点",
];

/// The words of a unit's name, without 百, 千, 万 and 亿.
pub fn words(name: &str) -> Vec<&str> {
    let word = |word: &str| word.trim().to_string();
    let whole = |word: &str| is_known(word) || word.starts_with("百分");
    name.split(['/', '·', '*'])
        .map(str::trim)
        .map(|part| match whole(&word(part)) {
            true => part,
            false => match part.trim_start_matches(['百', '千', '万', '亿']) {
                "" => part,
                rest => rest,
            },
        })
        .collect()
}

/// Whether a word is a unit that is often used.
pub fn is_known(word: &str) -> bool {
    KNOWN.iter().any(|(name, ..)| *name == word)
        || SIGNS.iter().any(|(sign, _)| *sign == word)
        || COUNTED.contains(&word)
}

/// The other scales of a unit's quantity: what each is called, and how many of `unit` one of it is.
pub fn scales(unit: &str) -> Vec<(&'static str, Number)> {
    let own = Unit::parse(unit).filter(|unit| !unit.is_one());
    let names = KNOWN.iter().map(|(name, ..)| *name);
    let names = names.chain(SIGNS.iter().map(|(sign, _)| *sign));
    let others = names.filter(|name| *name != unit);
    let scale = |name| Some((name, Unit::parse(name)?.factor_to(own.as_ref()?)?));
    others.filter_map(scale).collect()
}

/// The unit that was probably meant by a word that is none that is known: one character differs.
pub fn meant(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    if is_known(word) || length < 2 {
        return None;
    }
    let known = KNOWN.iter().map(|(name, ..)| *name);
    known.chain(COUNTED.iter().copied()).find(|name| {
        let differ = name.chars().zip(word.chars()).filter(|(a, b)| a != b);
        name.chars().count() == length && differ.count() == 1
    })
}

impl Unit {
    /// The unit of a bare ratio.
    pub fn one() -> Self {
        Self {
            name: String::new(),
            scale: Number::ONE,
            powers: BTreeMap::new(),
        }
    }

    /// Reads a unit: words joined by `·` (times) and one `/` (per), each with an optional 百, 千, 万 or 亿.
    ///
    /// What follows `/` is all below the line: 吨/月·平方公里 is 吨 per 月 and 平方公里.
    /// `None` when a word is missing.
    pub fn parse(name: &str) -> Option<Self> {
        let mut unit = Self::one();
        if name.trim().is_empty() {
            return Some(unit);
        }
        let mut parts = name.split('/');
        for (below, part) in [(false, parts.next()), (true, parts.next())] {
            let Some(part) = part else { continue };
            for word in part.split(['·', '*']) {
                let factor = Self::word(word.trim())?;
                unit = if below {
                    unit.per(&factor)?
                } else {
                    unit.times(&factor)?
                };
            }
        }
        if parts.next().is_some() {
            return None;
        }
        unit.name = name.trim().into();
        Some(unit)
    }

    fn word(word: &str) -> Option<Self> {
        if word.is_empty() {
            return None;
        }
        let known = |word: &str| KNOWN.iter().find(|(name, ..)| *name == word);
        let build = |scale: Number, base: &str, power: i32| {
            let powers = BTreeMap::from([(base.to_string(), power)]);
            Self {
                name: word.into(),
                scale,
                powers: if power == 0 { BTreeMap::new() } else { powers },
            }
        };
        let sign = SIGNS.iter().find(|(sign, _)| *sign == word);
        let plain = sign.map_or(word, |(_, name)| name);
        if let Some((_, above, below, base, power)) = known(plain) {
            return Some(build(Number::ratio(*above, *below)?, base, *power));
        }
        const MULTIPLES: [(char, i64); 4] = [
            ('百', 100),
            ('千', 1000),
            ('万', 10_000),
            ('亿', 100_000_000),
        ];
        let first = word.chars().next()?;
        if let Some((_, multiple)) = MULTIPLES.iter().find(|(name, _)| *name == first) {
            let rest = word.get(first.len_utf8()..)?;
            if !rest.is_empty() && !rest.starts_with("分点") {
                let rest = Self::word(rest)?;
                let scale = rest.scale.checked_mul(&Number::from(*multiple))?;
                return Some(Self {
                    name: word.into(),
                    scale,
                    powers: rest.powers,
                });
            }
        }
        Some(build(Number::ONE, word, 1))
    }

    /// This unit times another.
    pub fn times(&self, other: &Self) -> Option<Self> {
        self.combine(other, 1)
    }

    /// This unit per another.
    pub fn per(&self, other: &Self) -> Option<Self> {
        self.combine(other, -1)
    }

    fn combine(&self, other: &Self, sign: i32) -> Option<Self> {
        let mut powers = self.powers.clone();
        for (base, power) in &other.powers {
            *powers.entry(base.clone()).or_default() += sign * power;
        }
        powers.retain(|_, power| *power != 0);
        let scale = match sign {
            1 => self.scale.checked_mul(&other.scale),
            _ => self.scale.checked_div(&other.scale),
        }?;
        let name = match (self.name.as_str(), other.name.as_str()) {
            (name, "") => name.into(),
            ("", name) if sign == 1 => name.into(),
            _ if powers.is_empty() => String::new(),
            (a, b) if sign == 1 => [a, "·", b].concat(),
            (a, b) => {
                // 万个 per 万辆 is as many 个 per 辆.
                match (a.strip_prefix('万'), b.strip_prefix('万')) {
                    (Some(a), Some(b)) => [a, "/", b].concat(),
                    _ => [a, "/", b].concat(),
                }
            }
        };
        Some(Self {
            name,
            scale,
            powers,
        })
    }

    /// Whether both measure the same kind of quantity.
    pub fn fits(&self, other: &Self) -> bool {
        self.powers == other.powers
    }

    /// What a number in this unit is multiplied by to be in `other`; `None` if they do not fit.
    pub fn factor_to(&self, other: &Self) -> Option<Number> {
        if self.fits(other) {
            self.scale.checked_div(&other.scale)
        } else {
            None
        }
    }

    /// Whether this is `%`.
    pub fn is_percent(&self) -> bool {
        self.name == "%"
    }

    /// Whether it is a bare ratio.
    pub fn is_one(&self) -> bool {
        self.powers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(from: &str, to: &str) -> Option<String> {
        let factor = Unit::parse(from)?.factor_to(&Unit::parse(to)?)?;
        Some(factor.to_string())
    }

    #[test]
    fn the_same_quantity_in_another_scale_is_converted_exactly() {
        for (from, to, expected) in [
            ("公顷", "平方米", "10000"),
            ("万平方米", "平方公里", "0.01"),
            ("亩", "公顷", "1/15"),
            ("万元", "元", "10000"),
            ("吨/日", "千克/小时", "125/3"),
            ("座/平方公里", "座/公顷", "0.01"),
            ("平方米/百户", "平方米/户", "0.01"),
            ("天", "小时", "24"),
        ] {
            assert_eq!(factor(from, to).as_deref(), Some(expected), "{from} → {to}");
        }
    }

    #[test]
    fn a_unit_has_other_scales_where_its_quantity_is_known() {
        let found = |unit: &str| {
            let told = scales(unit).into_iter();
            told.map(|(name, factor)| format!("{name} {factor}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(
            found("万平方米"),
            "平方米 0.0001, ㎡ 0.0001, 公顷 1, 亩 1/15, 平方公里 100, 平方千米 100, 平米 0.0001, m² 0.0001, m2 0.0001, ㎢ 100, km² 100, km2 100"
        );
        assert_eq!(found("万元"), "元 0.0001");
        assert_eq!(
            found("吨"),
            "克 0.000001, 千克 0.001, 公斤 0.001, kg 0.001, t 1"
        );
        for unit in ["", "个", "%", "倍", "座/平方公里", "年"] {
            assert_eq!(found(unit), "", "{unit}");
        }
    }

    #[test]
    fn the_same_multiple_above_and_below_is_left_out() {
        let per = |above: &str, below: &str| {
            let unit = Unit::parse(above)?.per(&Unit::parse(below)?)?;
            Some((
                unit.factor_to(&Unit::parse("个/辆")?)?.to_string(),
                unit.name,
            ))
        };
        let one = |name: &str| Some(("1".to_string(), name.to_string()));
        assert_eq!(per("万个", "万辆"), one("个/辆"));
        assert_eq!(per("个", "辆"), one("个/辆"));
        let more = Some(("10000".to_string(), "万个/辆".to_string()));
        assert_eq!(per("万个", "辆"), more);
    }

    #[test]
    fn a_unit_with_one_wrong_character_is_recognized() {
        for (written, expected) in [
            ("公理", Some("公里")),
            ("平方未", Some("平方米")),
            ("万平方木", Some("平方米")),
            ("座/平方公理", Some("平方公里")),
            ("公里", None),
            ("万人次", None),
            ("平方米/百户", None),
            ("百分点", None),
            ("千瓦时", None),
            ("支", None),
            ("篮", None),
            ("标准箱", None),
        ] {
            let found = words(written).into_iter().find_map(meant);
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (from, to) in [
            ("%", "百分点"),
            ("%", ""),
            ("个", "座"),
            ("米", "平方米"),
            ("吨/月", "吨/日"),
        ] {
            assert_eq!(factor(from, to), None, "{from} → {to}");
        }
        assert_eq!(Unit::parse("吨//月"), None);
        assert_eq!(Unit::parse("吨/月/日"), None);
    }

    #[test]
    fn what_stands_after_per_is_all_below() {
        let dust = Unit::parse("吨/月·平方公里").unwrap();
        let month_square = Unit::parse("月·平方公里").unwrap();
        assert!(dust.fits(&Unit::parse("吨").unwrap().per(&month_square).unwrap()));
    }
}
