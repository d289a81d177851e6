using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Planlane.Requests.Sources;

/// <summary>Who sees a declaration.</summary>
internal static class CSharpAccessOf
{
    /// <summary>Who sees a type, by its own modifiers.</summary>
    public static CSharpAccess Type(BaseTypeDeclarationSyntax type, bool isNested) => Member(
        type,
        type.Modifiers.Any(SyntaxKind.FileKeyword) ? CSharpAccess.File
        : type.Parent is InterfaceDeclarationSyntax ? CSharpAccess.Public
        : isNested ? CSharpAccess.Private : CSharpAccess.Internal);

    /// <summary>Who sees a member, by its own modifiers.</summary>
    public static CSharpAccess Member(MemberDeclarationSyntax member, CSharpAccess unstated)
    {
        var access = CSharpAccess.File;
        foreach (var modifier in member.Modifiers)
        {
            var stated = modifier.Kind() switch
            {
                SyntaxKind.PublicKeyword => CSharpAccess.Public,
                SyntaxKind.ProtectedKeyword => CSharpAccess.Protected,
                SyntaxKind.InternalKeyword => CSharpAccess.Internal,
                SyntaxKind.PrivateKeyword => CSharpAccess.Private,
                _ => CSharpAccess.File,
            };
            access = stated > access ? stated : access;
        }

        return access == CSharpAccess.File ? unstated : access;
    }
}
