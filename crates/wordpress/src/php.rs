//! What does this serialised value hold?
//!
//! WordPress keeps everything that is more than a word as the output of PHP's `serialize`: `a:1:{s:4:"file";s:5:"a.png";}`.
//! Lengths are in bytes. They are often wrong, because somebody replaced an old domain in the database by a longer
//! one; a text is then read up to the `";` after which another value may follow, and counted as mended.

use std::fmt;

/// How deep arrays and objects may lie in one another.
pub const MAX_DEPTH: usize = 64;

/// A value of PHP.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `N;`
    Null,
    /// `b:1;`
    Bool(bool),
    /// `i:42;`
    Int(i64),
    /// `d:0.5;`
    Float(f64),
    /// `s:4:"text";`
    Text(String),
    /// `a:1:{…}`, in its order.
    Array(Vec<(Key, Value)>),
    /// `O:8:"stdClass":1:{…}`. A private field has the name of its class before its own, between NUL characters.
    Object(String, Vec<(Key, Value)>),
    /// `C:3:"Foo":4:{data}`: an object that wrote itself.
    Custom(String, String),
    /// `E:11:"Suit:Hearts";`: a case of an enumeration.
    Case(String),
    /// `R:2;` or `r:2;`: the same as the value of this number.
    Reference(u64),
}

/// What stands before a value in an array.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A number.
    Int(i64),
    /// A name.
    Text(String),
}

/// A value with what had to be mended.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The value.
    pub value: Value,
    /// How many texts had a wrong length.
    pub mended: usize,
}

/// Why a text is no serialised value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpError {
    /// Where, in bytes.
    pub at: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

impl fmt::Display for PhpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a serialised value of PHP: {} at byte {}", self.reason, self.at)
    }
}

impl std::error::Error for PhpError {}

/// Whether `text` begins and ends as a serialised value does. Costs nothing; [`parse`] knows.
pub fn looks_serialised(text: &str) -> bool {
    let text = text.trim();
    match text.as_bytes() {
        b"N;" => true,
        [kind, b':', .., last] => b"bidsaOCErR".contains(kind) && matches!(last, b';' | b'}'),
        _ => false,
    }
}

/// The value that `text` holds.
///
/// # Errors
/// Where it is none, is cut off, goes on after its end, or lies deeper than [`MAX_DEPTH`].
///
/// ```
/// use wordpress::php::{Value, parse};
///
/// let parsed = parse(r#"a:1:{s:6:"ورق";i:3;}"#)?;
/// assert_eq!(parsed.value.get("ورق").and_then(Value::as_int), Some(3));
/// # Ok::<(), wordpress::php::PhpError>(())
/// ```
pub fn parse(text: &str) -> Result<Parsed, PhpError> {
    let text = text.trim();
    let mut parser = Parser { text, at: 0, mended: 0 };
    let value = parser.value(0)?;
    if parser.at < text.len() {
        return Err(parser.error("something goes on after the end"));
    }
    Ok(Parsed { value, mended: parser.mended })
}

impl Value {
    /// The value of this name or number in an array or object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries().iter().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    /// The entries of an array or object; none for anything else.
    pub fn entries(&self) -> &[(Key, Value)] {
        match self {
            Value::Array(entries) | Value::Object(_, entries) => entries,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number, also of a text or of a fraction that is one, as PHP takes them.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Bool(is) => Some(i64::from(*is)),
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
            _ => None,
        }
    }

    /// A text, or a number as text.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Int(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

impl Key {
    /// Whether this is the key that is written `name`.
    pub fn is(&self, name: &str) -> bool {
        match self {
            Key::Text(text) => text == name,
            Key::Int(number) => name.parse() == Ok(*number),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    mended: usize,
}

impl<'a> Parser<'a> {
    fn value(&mut self, depth: usize) -> Result<Value, PhpError> {
        if depth > MAX_DEPTH {
            return Err(self.error("it lies too deep"));
        }
        let kind = self.next_byte()?;
        if kind == b'N' {
            self.expect(b';')?;
            return Ok(Value::Null);
        }
        self.expect(b':')?;
        match kind {
            b'b' => Ok(Value::Bool(self.until(b';')? != "0")),
            b'i' => self.number(b';').map(Value::Int),
            b'd' => self.float().map(Value::Float),
            b's' => self.quoted(b';').map(|text| Value::Text(text.to_owned())),
            b'E' => self.quoted(b';').map(|name| Value::Case(name.to_owned())),
            b'r' | b'R' => Ok(Value::Reference(self.count(b';')?)),
            b'a' => self.entries(depth).map(Value::Array),
            b'O' => {
                let class = self.quoted(b':')?.to_owned();
                Ok(Value::Object(class, self.entries(depth)?))
            }
            b'C' => {
                let class = self.quoted(b':')?.to_owned();
                let length = self.count(b':')?;
                self.expect(b'{')?;
                let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
                let data =
                    end.and_then(|end| self.text.get(self.at..end)).ok_or_else(|| self.error("it is cut off"))?;
                self.at += data.len();
                self.expect(b'}')?;
                Ok(Value::Custom(class, data.to_owned()))
            }
            _ => Err(self.error("nothing begins like this")),
        }
    }

    /// `2:{key value key value}`. The count is not believed: what is there counts.
    fn entries(&mut self, depth: usize) -> Result<Vec<(Key, Value)>, PhpError> {
        self.count(b':')?;
        self.expect(b'{')?;
        let mut entries = Vec::new();
        while self.text.as_bytes().get(self.at) != Some(&b'}') {
            let key = match self.value(depth + 1)? {
                Value::Int(number) => Key::Int(number),
                Value::Text(text) => Key::Text(text),
                _ => return Err(self.error("a key is neither number nor text")),
            };
            entries.push((key, self.value(depth + 1)?));
        }
        self.at += 1;
        Ok(entries)
    }

    /// `4:"text"` and `end`. Where the length is wrong, up to where another value may follow.
    fn quoted(&mut self, end: u8) -> Result<&'a str, PhpError> {
        let length = self.count(b':')?;
        self.expect(b'"')?;
        let bytes = self.text.as_bytes();
        let stated = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        if let Some(stop) = stated
            && bytes.get(stop..stop.saturating_add(2)) == Some(&[b'"', end])
            && let Some(text) = self.text.get(self.at..stop)
        {
            self.at = stop + 2;
            return Ok(text);
        }
        let start = self.at;
        let mark = [b'"', end];
        let stop = memchr::memmem::find_iter(&bytes[start..], &mark)
            .map(|at| start + at)
            .find(|stop| may_follow(&bytes[stop + 2..]))
            .ok_or_else(|| self.error("a text has no end"))?;
        self.mended += 1;
        self.at = stop + 2;
        Ok(&self.text[start..stop])
    }

    fn number(&mut self, end: u8) -> Result<i64, PhpError> {
        let text = self.until(end)?;
        text.parse().map_err(|_| self.error("a number is none"))
    }

    fn count(&mut self, end: u8) -> Result<u64, PhpError> {
        let text = self.until(end)?;
        text.parse().map_err(|_| self.error("a number is none"))
    }

    fn float(&mut self) -> Result<f64, PhpError> {
        match self.until(b';')? {
            "NAN" => Ok(f64::NAN),
            "INF" => Ok(f64::INFINITY),
            "-INF" => Ok(f64::NEG_INFINITY),
            text => text.parse().map_err(|_| self.error("a number is none")),
        }
    }

    /// The few characters before `end`, which is passed.
    fn until(&mut self, end: u8) -> Result<&'a str, PhpError> {
        let rest = &self.text.as_bytes()[self.at..];
        let window = &rest[..rest.len().min(64)];
        let length = memchr::memchr(end, window).ok_or_else(|| self.error("a number has no end"))?;
        let text = self.text.get(self.at..self.at + length).ok_or_else(|| self.error("a number is none"))?;
        self.at += length + 1;
        Ok(text)
    }

    fn next_byte(&mut self) -> Result<u8, PhpError> {
        let byte = self.text.as_bytes().get(self.at).copied().ok_or_else(|| self.error("it is cut off"))?;
        self.at += 1;
        Ok(byte)
    }

    fn expect(&mut self, expected: u8) -> Result<(), PhpError> {
        if self.text.as_bytes().get(self.at) != Some(&expected) {
            return Err(self.error("a sign is missing"));
        }
        self.at += 1;
        Ok(())
    }

    fn error(&self, reason: &'static str) -> PhpError {
        PhpError { at: self.at, reason }
    }
}

/// Whether `rest` begins as what may stand after a text: another value, the end of an array, or nothing.
fn may_follow(rest: &[u8]) -> bool {
    match rest {
        [] | [b'}', ..] | [b'N', b';', ..] => true,
        [kind, b':', sign, ..] => b"bidsaOCErR".contains(kind) && (sign.is_ascii_digit() || b"-NI".contains(sign)),
        [digit, ..] => digit.is_ascii_digit(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Value) {
        assert_eq!(parse(text), Ok(Parsed { value: expected, mended: 0 }), "{text:?}");
        assert!(looks_serialised(text), "{text:?}");
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn values_are_read() {
        check("N;", Value::Null);
        check("b:1;", Value::Bool(true));
        check("b:0;", Value::Bool(false));
        check("i:-42;", Value::Int(-42));
        check("d:0.5;", Value::Float(0.5));
        check("d:1.0E+25;", Value::Float(1e25));
        check("d:-INF;", Value::Float(f64::NEG_INFINITY));
        check("s:0:\"\";", text(""));
        check("s:6:\"ورق\";", text("ورق"));
        check("s:6:\"a\";s:1\";", text("a\";s:1"));
        check("a:0:{}", Value::Array(vec![]));
        check(
            "a:2:{i:0;s:1:\"a\";s:1:\"k\";a:0:{}}",
            Value::Array(vec![(Key::Int(0), text("a")), (Key::Text("k".into()), Value::Array(vec![]))]),
        );
        check(
            "O:8:\"stdClass\":1:{s:1:\"a\";R:1;}",
            Value::Object("stdClass".into(), vec![(Key::Text("a".into()), Value::Reference(1))]),
        );
        check("C:3:\"Foo\":4:{data}", Value::Custom("Foo".into(), "data".into()));
        check("E:11:\"Suit:Hearts\";", Value::Case("Suit:Hearts".into()));
        check(" i:1;\n", Value::Int(1));
    }

    #[test]
    fn wrong_lengths_are_mended() {
        let mended = |source: &str, count| {
            let parsed = parse(source).unwrap_or_else(|error| panic!("{source:?}: {error}"));
            assert_eq!(parsed.mended, count, "{source:?}");
            parsed.value
        };
        assert_eq!(mended("s:3:\"ورق\";", 1), text("ورق"));
        assert_eq!(mended("s:99:\"a\";", 1), text("a"));
        assert_eq!(mended("s:2:\"a\"; b\";", 1), text("a\"; b"));
        let array = mended("a:2:{s:1:\"url\";s:9:\"https://warraq.example\";i:0;i:1;}", 2);
        assert_eq!(array.get("url").and_then(Value::as_text), Some("https://warraq.example"));
        assert_eq!(array.get("0").and_then(Value::as_int), Some(1));
        assert_eq!(mended("a:9:{i:0;i:1;}", 0).entries().len(), 1);
    }

    fn check_error(source: &str, at: usize) {
        assert_eq!(parse(source).map_err(|error| error.at), Err(at), "{source:?}");
    }

    #[test]
    fn what_is_none_is_told() {
        check_error("", 0);
        check_error("hello", 1);
        check_error("i:4", 2);
        check_error("i:x;", 4);
        check_error("i:1;i:2;", 4);
        check_error("x:1;", 2);
        check_error("s:3:\"abc", 5);
        check_error("s:3:\"ورق", 5);
        check_error("a:1:{i:0;", 9);
        check_error("a:1:{a:0:{}i:0;}", 11);
        check_error("a:99999999999999999999:{}", 23);
        check_error("C:1:\"A\":99999999:{}", 18);
        check_error("i:ورقورقورقورقورقورقورقورقورقورقورقورق", 2);
        assert!(parse(&format!("{}N;", "a:1:{i:0;".repeat(100_000))).is_err());
        assert!(parse(&format!("{}N;{}", "a:1:{i:0;".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH))).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(source in "[absiNOCERr:;{}\"0-9-ق]{0,60}") {
            let _ = (parse(&source), looks_serialised(&source));
        }

        #[test]
        fn texts_are_read_whatever_they_hold(inside in "[\";:{}a-z0-9ا-ي]{0,20}") {
            let source = format!("a:1:{{i:0;s:{}:\"{inside}\";}}", inside.len());
            let parsed = parse(&source).unwrap();
            prop_assert_eq!(parsed.value.get("0").and_then(Value::as_text), Some(inside.as_str()));
            prop_assert_eq!(parsed.mended, 0);
        }
    }
}
