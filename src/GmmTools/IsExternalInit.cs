// The compiler wants this type for init-only setters; netstandard2.0 lacks it.
#pragma warning disable IDE0130 // the compiler looks for it in exactly this namespace
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit
{
}
