//! Reports and forms as JSON text, for the module: one text crosses the boundary, where every
//! property on its own would cost a call, and the code for it. The digest of an entry is of such a
//! text too, so it is written as RFC 8785 asks.
//!
//! Reports and forms consist of texts, whole numbers, truths, lists, structures, maps and nothing. Anything
//! else is written as `null`, so writing can't fail, and the module holds no code for when it does.

use crate::number::figures;
use serde::Serialize;
use serde::ser::{self, SerializeMap, SerializeSeq, SerializeStruct};

/// A value as JSON.
pub fn text(value: &impl Serialize) -> String {
    let mut out = String::new();
    let Ok(()) = value.serialize(Writer(&mut out));
    out
}

/// Writes one value.
struct Writer<'a>(&'a mut String);

/// Writes the items of a list or of a structure. That is no more than one word, so that lists of all kinds have less code.
struct Items<'a>(&'a mut String);

/// There is no such error.
#[derive(Debug)]
enum Never {}

impl std::fmt::Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    /// Derived code, the only kind here, reports no errors of its own.
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        std::process::abort()
    }
}

type Written = Result<(), Never>;

/// A text in quotation marks.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if (c as u32) < 0x20 => {
                out.push_str("\\u00");
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

impl<'a> Items<'a> {
    fn new(out: &'a mut String, open: char) -> Self {
        out.push(open);
        Self(out)
    }

    /// What was written last says whether there was an item before.
    #[inline(never)]
    fn next(&mut self) {
        if !matches!(self.0.as_bytes().last(), Some(b'[' | b'{')) {
            self.0.push(',');
        }
    }

    /// Keys are names of Rust, so nothing in them needs escaping.
    fn key(&mut self, key: &str) {
        self.next();
        self.0.push('"');
        self.0.push_str(key);
        self.0.push_str("\":");
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.next();
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Written {
        self.0.push(']');
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.key(key);
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Written {
        self.0.push('}');
        Ok(())
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.next();
        key.serialize(Writer(self.0))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.0.push(':');
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Written {
        self.0.push('}');
        Ok(())
    }
}

/// Kinds of values that no report has.
macro_rules! nothing {
    ($($method:ident($($type:ty),*);)*) => {$(
        fn $method(self, $(_: $type),*) -> Written {
            self.serialize_unit()
        }
    )*};
    ($($trait:ident { $($method:ident($($type:ty),*);)* })*) => {$(
        impl ser::$trait for Nothing {
            type Ok = ();
            type Error = Never;
            $(fn $method<T: Serialize + ?Sized>(&mut self, $(_: $type,)* _: &T) -> Written {
                Ok(())
            })*
            fn end(self) -> Written {
                Ok(())
            }
        }
    )*};
}

/// Takes the parts of what is written as `null`.
struct Nothing;

nothing! {
    SerializeTuple { serialize_element(); }
    SerializeTupleStruct { serialize_field(); }
    SerializeTupleVariant { serialize_field(); }
    SerializeStructVariant { serialize_field(&'static str); }
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Items<'a>;
    type SerializeStruct = Items<'a>;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Items<'a>;
    type SerializeStructVariant = Nothing;

    fn serialize_bool(self, value: bool) -> Written {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.0.push_str(&figures(value));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Written {
        quote(self.0, text);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Never> {
        Ok(Items::new(self.0, '['))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Never> {
        Ok(Items::new(self.0, '{'))
    }

    nothing! {
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u64(u64);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_bytes(&[u8]);
        serialize_unit_struct(&'static str);
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        self.serialize_unit()
    }

    fn serialize_tuple(self, _: usize) -> Result<Nothing, Never> {
        self.serialize_unit().map(|()| Nothing)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Nothing, Never> {
        self.serialize_unit().map(|()| Nothing)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nothing, Never> {
        self.serialize_unit().map(|()| Nothing)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a>, Never> {
        Ok(Items::new(self.0, '{'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nothing, Never> {
        self.serialize_unit().map(|()| Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Item {
        text: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<u32>,
        some: Option<u32>,
        list: Vec<bool>,
    }

    #[test]
    fn json_as_serde_json_writes_it() {
        let item = Item {
            text: "引号 \" 反斜 \\ 换行\n制表\t 控制\u{1} 🙂 </script>",
            none: None,
            some: Some(7),
            list: vec![true, false],
        };
        let written = text(&vec![item]);
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(
            read[0]["text"],
            "引号 \" 反斜 \\ 换行\n制表\t 控制\u{1} 🙂 </script>"
        );
        assert_eq!(read[0]["some"], 7);
        assert_eq!(read[0]["list"], serde_json::json!([true, false]));
        assert!(written.starts_with("[{\"text\":") && !written.contains("none"));
        assert_eq!(text(&(1.5, [2])), "null");
    }
}
