#if !NET
#pragma warning disable IDE0130 // the compiler looks for it in exactly this namespace
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks init-only setters with; the portable framework lacks it.</summary>
internal static class IsExternalInit
{
}
#endif
