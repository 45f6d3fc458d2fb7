#if !NET
// The compiler wants this type for init-only setters; the portable framework lacks it.
#pragma warning disable IDE0130 // the compiler looks for it in exactly this namespace
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit
{
}
#endif
