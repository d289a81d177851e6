namespace Planlane.Requests.Sources;

public sealed class RustLanguageTests
{
    private static readonly RustLanguage Language = new();

    [Theory]
    [InlineData("mod a; pub(crate) mod b;", "mod a, mod b")]
    [InlineData("#[path = \"x/y.rs\"]\npub mod a;\nmod b;", "mod a = x/y.rs, mod b")]
    [InlineData("use crate::a::b;", "crate::a::b")]
    [InlineData("pub use self::a::{b, c::{D as E, self}, *};", "self::a::b, self::a::c::D, self::a::c, self::a")]
    [InlineData("use {crate::a, super::b}; use ::serde::de;", "crate::a, super::b, serde::de")]
    [InlineData("use std::fmt; extern crate x;", "")]
    [InlineData("fn f() { crate::a::go(); let x: super::b::T = Vec::new(); c::d::<u8>(); }", "crate::a::go, super::b::T, c::d")]
    [InlineData("mod tests { use super::*; use crate::a; mod inner { use super::super::b; use super::c; } mod file; }", "self, crate::a, self::b, self::tests::c, mod tests::file")]
    [InlineData("use crate::r#type::A;", "crate::type::A")]
    [InlineData("// use a::b;\n/* use c; /* nested */ use d::e; */ const S: &str = r#\"use f::g; \" \"#; const T: &str = \"\nuse h::i;\";", "")]
    [InlineData("fn f<'a>(x: &'a str) -> char { '\"' } use a::b; fn g() -> char { '\\'' } use c::d; const B: &[u8] = b\"use e::f;\";", "a::b, c::d")]
    public void Read_EveryFormOfUse_IsFound(string text, string expected) => Assert.Equal(expected, PaperTree.Imports(Language, text));

    [Fact]
    public void Link_ModulesAndPaths_LeadToTheirFiles() => Assert.Equal(
        [
            "app/src/auth/jwt.rs -> app/src/auth/mod.rs",
            "app/src/auth/jwt.rs -> app/src/store/disk.rs",
            "app/src/auth/jwt.rs -> core/src/lib.rs",
            "app/src/auth/mod.rs -> app/src/auth/jwt.rs",
            "app/src/auth/mod.rs -> app/src/store.rs",
            "app/src/lib.rs -> app/src/auth/mod.rs",
            "app/src/lib.rs -> app/src/odd/place.rs",
            "app/src/lib.rs -> app/src/store.rs",
            "app/src/main.rs -> app/src/auth/jwt.rs",
            "app/src/main.rs -> app/src/store.rs",
            "app/src/store.rs -> app/src/store/disk.rs",
            "app/tests/api.rs -> app/src/lib.rs",
            "app/tests/api.rs -> app/tests/common/mod.rs",
            "core/src/lib.rs -> core/src/inner/deep.rs",
        ],
        PaperTree.Uses(Language,
        [
            ("Cargo.toml", "[workspace]\nmembers = [\"app\", \"core\"]"),
            ("app/Cargo.toml", "[package]\nname = \"my-app\" # a program\n"),
            ("core/Cargo.toml", "[package]\nname = \"acme\"\n\n[lib]\nname = \"acme_core\""),
            ("app/src/lib.rs", "pub mod auth;\nmod store;\n#[path = \"odd/place.rs\"]\nmod renamed;\npub use auth::Token;"),
            ("app/src/main.rs", "mod store;\nuse my_app::auth::jwt::Jwt;\nfn main() {}"),
            ("app/src/auth/mod.rs", "mod jwt;\npub struct Token;\nuse crate::store::Store;"),
            ("app/src/auth/jwt.rs", "use super::Token;\nuse crate::store::disk;\nuse acme_core::Key;\nuse serde::Serialize;"),
            ("app/src/store.rs", "pub mod disk;"),
            ("app/src/store/disk.rs", ""),
            ("app/src/odd/place.rs", ""),
            ("app/tests/api.rs", "mod common;\nuse my_app::Token;"),
            ("app/tests/common/mod.rs", ""),
            ("core/src/lib.rs", "pub mod inner { pub mod deep; }\npub use inner::deep::Key;"),
            ("core/src/inner/deep.rs", ""),
        ]));

    [Fact]
    public void Read_PublicItems_AreSignaturesWithoutBodies() => Assert.Equal(
        [
            "1 sign | pub async fn sign<T: Into<[u8; 4]>>(claims: T) -> Result<String, Error> where T: Send",
            "2 Token | pub struct Token<'a>",
            "3 Pair | pub(crate) struct Pair(pub u8, u8)",
            "4 Token::new | pub const fn new(key: &'a str) -> Self",
            "6 Signer | pub trait Signer: Send",
            "6 Signer::Key | type Key",
            "6 Signer::sign | fn sign(&self) -> u8",
            "7 Kind | pub enum Kind",
            "8 LIMIT | pub static mut LIMIT: u32",
            "9 Alias | pub type Alias = Vec<u8>",
            "10 api | pub mod api",
            "10 api::go | pub unsafe extern \"C\" fn go()",
        ],
        PaperTree.Signatures(Language, """
            pub async fn sign<T: Into<[u8; 4]>>(claims: T) -> Result<String, Error> where T: Send { let pub_ = 1; }
            #[derive(Debug)] pub struct Token<'a> { pub key: &'a str }
            pub(crate) struct Pair(pub u8, u8);
            impl<'a> Token<'a> where Token<'a>: Sized { pub const fn new(key: &'a str) -> Self { loop {} } fn hidden() {} }
            impl<'a> fmt::Display for Token<'a> { fn fmt(&self) {} }
            pub trait Signer: Send { type Key; fn sign(&self) -> u8 { 1 } }
            pub enum Kind { A { x: u8 } }
            pub static mut LIMIT: u32 = 4;
            pub type Alias = Vec<u8>;
            pub mod api { pub unsafe extern "C" fn go() {} }
            fn private() { pub_fn() }
            macro_rules! m { () => { pub fn no() {} } }
            """));
}
